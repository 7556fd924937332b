/** Pure. «Tider» of the form as it is typed: «23:45 och 03:00», «2345-0015 x2»; and back. */
import type { WallTime, Window } from '@nattfrid/shared/domain/plan';
import { readWallTime } from '../parts/wall-time.ts';

/** A time without an end is open for so long. */
export const usualMinutes = 30;

export type ReadTimes =
  | { readonly type: 'read'; readonly windows: readonly Window[] }
  | { readonly type: 'not-read'; readonly what: string };

/** Times with «,», «och», «and», «&» or blanks between them; each perhaps «-END», perhaps «xN» for more looks than one. */
export function readTimes(typed: string): ReadTimes {
  const close = typed.replace(/\s*[-–]\s*/g, '-').replace(/\s*[x×]\s*(?=\d)/gi, 'x');
  const parts = close.split(/[\s,;&+]+|\boch\b|\band\b/i).filter((part) => part.trim() !== '');
  const windows: Window[] = [];
  for (const part of parts) {
    const [, from = '', to, looks] = /^([^-x]+)(?:-([^-x]+))?(?:x(\d+))?$/i.exec(part) ?? [];
    const begins = readWallTime(from);
    const ends = to === undefined ? begins && later(begins, usualMinutes) : readWallTime(to);
    const many = Number(looks ?? 1);
    if (!begins || !ends || many < 1 || many > 12) return { type: 'not-read', what: part };
    windows.push({ id: idOf(begins, windows), from: begins, to: ends, looks: many });
  }
  return { type: 'read', windows };
}

/** As somebody would type them; a window's own id is its time. */
export const printTimes = (windows: readonly Window[]): string =>
  windows
    .map(({ from, to, looks }) => {
      const end = to === later(from, usualMinutes) ? '' : `-${to}`;
      return `${from}${end}${looks > 1 ? ` x${looks}` : ''}`;
    })
    .join(', ');

/** Several at one time are refused by what looks the plan over, which names them. */
const idOf = (from: WallTime, before: readonly Window[]): string =>
  before.some(({ id }) => id === from) ? `${from} ${before.length}` : from;

function later(time: WallTime, minutes: number): WallTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const all = (hour * 60 + minute + minutes) % (24 * 60);
  return `${String(Math.floor(all / 60)).padStart(2, '0')}:${String(all % 60).padStart(2, '0')}`;
}
