/** Pure. Prints operating curves as tables. */

import type { Drawn } from './curve-svg.ts';
import type { Curve } from './operating-curve.ts';
import { table } from './table.ts';

export function printCurves(drawn: readonly Drawn[]): string {
  return drawn
    .map(({ sweep, curves }) => {
      const head = [sweep.name, ...curves.map(({ condition }) => condition)];
      const rows = sweep.values.map((value, at) => [
        `${round(value)}`,
        ...curves.map((curve) => printPoint(curve, at)),
      ]);
      return `\n${sweep.name}: ${sweep.unit}\n${table([head, ...rows])}`;
    })
    .join('\n');
}

function printPoint({ points }: Curve, at: number): string {
  const { falls, falseAlarms, early, toFinding } = points[at]!;
  const before = early > 0 ? `, early ${early}` : '';
  const median = toFinding ? `, ${toFinding.median} s` : '';
  return `${falls.found} of ${falls.of}, false ${falseAlarms.found} of ${falseAlarms.of}${before}${median}`;
}

/** Prints only the limits whose move changes an outcome. */
export function printLimits(drawn: readonly Drawn[], asItIs: readonly Curve[], by: number): string {
  const moved = drawn.flatMap(({ sweep, curves }) =>
    sweep.values.map((value, at) => {
      const changes = curves.flatMap((curve, one) => {
        const [now, was] = [curve.points[at]!, asItIs[one]!.points[0]!];
        const missed = now.missed.filter((file) => !was.missed.includes(file)).map((file) => `misses ${file}`);
        const alarmed = now.falselyAlarmed
          .filter((file) => !was.falselyAlarmed.includes(file))
          .map((file) => `cries at ${file}`);
        const found = was.missed.filter((file) => !now.missed.includes(file)).map((file) => `finds ${file}`);
        const quiet = was.falselyAlarmed
          .filter((file) => !now.falselyAlarmed.includes(file))
          .map((file) => `quiet at ${file}`);
        return [...missed, ...alarmed, ...found, ...quiet].map((words) => `${curve.condition} ${words}`);
      });
      return { name: `${sweep.name} x ${round(value)}`, changes };
    }),
  );
  const lines = moved
    .filter(({ changes }) => changes.length > 0)
    .map(({ name, changes }) => [name, changes.join(', ')]);
  const none = moved.length - lines.length;
  const title = `\nEach limit of posture alone, moved by ${Math.round(by * 100)} % down and up: ${none} of ${moved.length} moves change nothing`;
  return lines.length === 0 ? title : `${title}\n${table(lines)}`;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
