/** Shows a manner's film to one viewer: each picture in its time, and counted as the manner counts. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { CodedFilm } from './film.ts';
import type { Manner, Times } from './manner.ts';
import type { RtpRow, Sent } from './rtp-row.ts';

export interface Showing {
  readonly manner: Manner;
  readonly film: CodedFilm;
  /** From then on that the night has come. */
  readonly nightFilm: CodedFilm | undefined;
  readonly row: RtpRow;
  readonly clock: Clock;
  readonly random: () => number;
  /** When the camera was started, on its clock. */
  readonly started: Duration;
  send(sent: readonly Sent[]): void;
}

/** Until the signal. */
export async function show(
  { manner, film, nightFilm, row, clock, random, started, send }: Showing,
  signal: AbortSignal,
): Promise<void> {
  const { times = {} } = manner;
  const began = clock.steady();
  const passed = () => (clock.steady() - began) / 1000;
  const { night, kept = 0 } = times;
  const { begins, firstAfter } = placeOf(film, times, (began - started) / 1000);
  let now: CodedFilm = film;
  let sends = film.perSecond;
  let [from, due] = [firstAfter, firstAfter];
  let [turn, counted] = [begins, 0];
  const first = turn;
  let start = turn;
  let isNight = false;
  while (!signal.aborted) {
    const wait = releaseOf(due, times, random) - passed();
    if (wait > 0) await clock.sleep(milliseconds(wait * 1000), signal);
    if (signal.aborted) return;
    const index = turn % now.pictures.length;
    if (night && !isNight && passed() >= night.after && now.pictures[index]!.key) {
      isNight = true;
      counted = (turn - first) / (times.counted ?? film.perSecond);
      now = nightFilm ?? film;
      sends = night.sends;
      from = due;
      turn = nightFilm ? 0 : turn;
      start = turn;
      continue;
    }
    const loops = turn - index;
    const place = loops + now.pictures[index]!.shown - start;
    const rate = times.counted ?? film.perSecond;
    send(row.picture(now, index, ticksOf(times, counted + place / rate, turn - first, index, passed(), random)));
    turn++;
    due = Math.max(firstAfter, from + (turn - start) / sends - kept);
    if (times.stall?.goesOn === 'newest') turn = caughtUp(now, turn, Math.floor((passed() - from) * sends) + start);
  }
}

/** The picture with which a viewer begins, and the seconds up to it. @param runs for how long the camera has run, in seconds */
function placeOf({ perSecond }: CodedFilm, { begins = 0, firstAfter = 0, running }: Times, runs: number) {
  if (!running) return { begins: Math.round(begins * perSecond), firstAfter };
  const next = Math.ceil(runs * perSecond);
  return { begins: next, firstAfter: next / perSecond - runs };
}

/** Whoever has stood still for long goes on with the newest key picture. */
function caughtUp({ pictures }: CodedFilm, turn: number, newest: number): number {
  if (newest - turn < pictures.length / 8) return turn;
  for (let at = newest; at > turn; at--) if (pictures[at % pictures.length]!.key) return at;
  return turn;
}

/** When a picture that is due goes out. */
function releaseOf(due: number, { stall, lumps, jitter = 0 }: Times, random: () => number): number {
  let at = due + (random() * jitter) / 1000;
  if (lumps) at = Math.ceil(at / lumps) * lumps;
  if (!stall) return at;
  const within = at % stall.every;
  return within >= stall.every - stall.lasts ? at - within + stall.every : at;
}

const second = 90_000;

function ticksOf(
  times: Times,
  counted: number,
  turn: number,
  index: number,
  now: number,
  random: () => number,
): number {
  const jumped = times.jumps ? Math.floor(now / times.jumps.every) * times.jumps.by : 0;
  const plain = Math.round((counted + jumped) * second);
  switch (times.count) {
    case 'still':
      return 0;
    case 'milliseconds':
      return Math.round(counted * 1000);
    case 'arrival-jitter':
      return plain + Math.round((random() - 0.5) * 0.08 * second);
    case 'zero-first':
      return turn === 0 ? -3_000_000_000 : plain;
    case 'half-hour-ahead-now-and-then':
      return plain + (turn % 25 === 24 ? 1800 * second : 0);
    case 'pairs':
      return Math.floor(plain / (second / 5)) * (second / 5);
    case 'from-zero-each-key':
      return Math.round((index / (times.counted ?? 10)) * second);
    default:
      return plain;
  }
}
