/** Pure. Figures of one player over one link, and their printed line. */
import { type Spread, spread } from './sample.ts';

export interface Measured {
  readonly name: string;
  /** Milliseconds from click to first picture, of each opening. */
  readonly firsts: readonly number[];
  readonly failed: number;
  /** Milliseconds from the camera to the screen, of each picture that was read. */
  readonly ages: readonly number[];
  readonly unread: number;
  /** Of the long look. */
  readonly cost?: Cost;
  readonly aims: { readonly first?: number | undefined; readonly age?: number | undefined };
  readonly remark?: string;
}

export interface Cost {
  readonly kbits: number;
  readonly perSecond: number;
  /** Shares of one core, in percent; undefined where there is no relay. */
  readonly unit: number;
  readonly relay?: number | undefined;
}

const head = ['', 'click to first picture, s', 'camera to screen, s', 'kbit/s', 'pictures/s', 'unit %', 'relay %'];

export const headLine = (): string => row(head);

export function measuredLine({ name, firsts, failed, ages, unread, cost, aims, remark }: Measured): string {
  const line = row([
    name,
    `${printed(spread(firsts), aims.first)}${failed > 0 ? ` ${failed} FAILED` : ''}`,
    printed(spread(ages), aims.age),
    cost ? cost.kbits.toFixed(0) : '–',
    cost ? cost.perSecond.toFixed(1) : '–',
    cost ? cost.unit.toFixed(0) : '–',
    cost?.relay === undefined ? '–' : cost.relay.toFixed(1),
  ]);
  const more = [remark, unread > 0 ? `${unread} pictures without a readable code` : ''].filter(Boolean).join('; ');
  return more ? `${line}  ${more}` : line;
}

/** «0.41 0.52 (8) reached» */
function printed(values: Spread | undefined, aim: number | undefined): string {
  if (!values) return '–';
  const { median, p95, many } = values;
  const judged = aim === undefined ? '' : median <= aim ? ` ≤${aimIn(aim)}` : ` OVER ${aimIn(aim)}`;
  return `${seconds(median)} ${seconds(p95)} (${many})${judged}`;
}

export const seconds = (milliseconds: number, digits = 2): string => (milliseconds / 1000).toFixed(digits);

/** In seconds: «0.25», «0.6». */
const aimIn = (milliseconds: number): string => `${milliseconds / 1000}`;

const widths = [34, 32, 30, 7, 11, 7, 8];
const row = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => (index === 0 ? cell.padEnd(widths[0]!) : cell.padEnd(widths[index]!)))
    .join(' ')
    .trimEnd();
