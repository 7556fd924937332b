/** Pure. The table of manners, as it stands in docs/cameras.md. */
import type { Manner } from '@nattfrid/stand-ins/test-camera/manners/manner';
import { reportUrl } from '@nattfrid/stand-ins/test-camera/manners/table/manners';
import type { Seen } from './seeing.ts';
import { judgeRow, type Row } from './verdict.ts';

export interface Summary {
  readonly well: number;
  readonly advised: number;
  readonly refused: number;
  readonly short: number;
  readonly behind: number;
  /** Alarms in a night of 8 h, of all those that are seen, and of all those that are refused. */
  readonly alarms: { readonly seen: number; readonly refused: number };
}

export function summaryOf(rows: readonly Row[]): Summary {
  const all = rows.map(judgeRow);
  const many = (how: string) => all.filter((one) => one.how === how).length;
  return {
    well: many('well'),
    advised: many('advised'),
    refused: many('refused'),
    short: many('short'),
    behind: all.filter((one) => one.behind).length,
    alarms: { seen: alarmsOf(rows, false), refused: alarmsOf(rows, true) },
  };
}

function alarmsOf(rows: readonly Row[], refused: boolean): number {
  const isRefused = ({ comes }: Manner) => typeof comes === 'object' && 'refused' in comes;
  const own = rows.filter(({ manner }) => isRefused(manner) === refused);
  return own.reduce((sum, { night }) => sum + (night?.alarms.length ?? 0), 0);
}

export const sayIt = ({ well, advised, refused, short }: Summary): string =>
  `${well} well, ${advised} seen with advice what to set, ${refused} refused in right words, ${short} short`;

/** In a night of 8 h each. */
export const sayNights = ({ alarms }: Summary): string =>
  `${alarms.seen} alarms in a night of 8 h of all that are seen, ${alarms.refused} of all that are refused (one each: they are lost)`;

const figure = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(value < 10 ? 1 : 0));
const three = ({ first, perSecond, hole }: Seen): string =>
  `${figure(first)} | ${first === undefined ? '-' : figure(perSecond)} | ${first === undefined ? '-' : figure(hole)}`;
const plain = (text: string): string =>
  text
    .replaceAll('|', '\\|')
    .replace(/127\.0\.0\.1:\d+/g, 'CAMERA')
    .replace(/([0-9A-F]{2}:){31}[0-9A-F]{2}/g, 'FINGERPRINT');

/** One line of the table. */
export function lineOf(row: Row): string {
  const { manner, unit, ffmpeg } = row;
  const { how, why, behind } = judgeRow(row);
  const url = reportUrl(manner);
  const words = [...unit.advice.map((one) => `advice: ${one}`), ...unit.faults.map((one) => one.message)].join(' · ');
  const result = how === 'short' ? `**short**: ${plain(why ?? '')}` : how;
  const report = url ? `[${manner.report}](${url})` : 'derived';
  const marks = `${manner.unseen ? ' ∘' : ''}${behind ? ' **‹ffmpeg›**' : ''}`;
  const cells = [
    `${manner.name}${marks}`,
    report,
    plain(manner.does),
    result,
    three(unit),
    plain(words) || '-',
    row.night ? `${row.night.alarms.length}` : '-',
    three(ffmpeg),
  ];
  return `| ${cells.join(' | ')} |`;
}

export const head = [
  '| manner | report | what the camera does | result | first (s) | a second | hole (s) | words | alarms in 8 h | ffmpeg: first (s) | a second | hole (s) |',
  '| --- | --- | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |',
] as const;
