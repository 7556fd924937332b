/** Prints what one emulated link gave. */
import type { LinkCase } from './link-case.ts';

/** `at`: milliseconds since the case began; `age`: of the picture when it was opened, in milliseconds. */
export interface Arrival {
  readonly at: number;
  readonly age: number;
}

export interface CaseResult {
  readonly arrivals: readonly Arrival[];
  /** Bytes that the relay has received. */
  readonly bytes: number;
  /** Seconds. */
  readonly length: number;
  /** Rates of the encoder, each with the second at which it was chosen. */
  readonly steps: readonly string[];
  /** When the link came back, in milliseconds since the case began. */
  readonly back: number | undefined;
}

export function printCase({ name }: LinkCase, { arrivals, bytes, length, steps, back }: CaseResult): void {
  const ages = arrivals.map(({ age }) => age).toSorted((a, b) => a - b);
  const at = (share: number) => ages[Math.min(ages.length - 1, Math.floor(ages.length * share))] ?? Number.NaN;
  const gaps = arrivals.slice(1).map((one, index) => one.at - arrivals[index]!.at);
  const figures = [at(0.5), at(0.95), at(1), arrivals.length / length, (bytes * 8) / 1000 / length, Math.max(...gaps)];
  const digits = [0, 0, 0, 1, 0, 0];
  const cells = figures.map((figure, index) => figure.toFixed(digits[index]).padStart(12)).join('');
  console.log(`${name.padEnd(24)}${cells}   ${steps.join(' ')}`);
  if (back === undefined) return;
  const first = arrivals.find((one) => one.at > back && one.at - one.age > back - 200);
  const oldest = Math.max(...arrivals.filter((one) => one.at > back).map(({ age }) => age));
  console.log(
    `${''.padEnd(24)}live again ${first ? Math.round(first.at - back) : '?'} ms after the link's return; oldest picture then ${Math.round(oldest)} ms`,
  );
}
