/**
 * Pure. Clock recovery: the time a live picture was taken, from its RTP timestamp and its arrival. The count is believed as far as it runs
 * with the arrivals; a camera that counts otherwise than it sends (fewer pictures in the dark, a count that stands still or jumps) is dated
 * by them. What is dated is never after its arrival, and rises as the pictures are shown.
 */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type CountsTime, countsTime } from './counts-time.ts';
import { type Dated, inOrder } from './in-order.ts';
import { firstDelay, type LeastDelay, nextDelay } from './least-delay.ts';

export interface Arrival {
  /** RTP time: 32 bits, begins anywhere and wraps. In decoding order: a B picture steps back. */
  readonly timestamp: number;
  readonly arrived: Instant;
  /** The same moment by a clock that never steps. */
  readonly steady: Duration;
  /** A decoder can begin here: every picture that has come is shown before it. */
  readonly key?: boolean;
}

export interface TakenAt {
  /** The newest picture as pictures are shown; undefined: none has come. */
  readonly newest: { readonly timestamp: number; readonly delay: LeastDelay } | undefined;
  /** Does the count run with the time? */
  readonly time: CountsTime;
  /** How far pictures step back behind the newest: B pictures are held back for as long. */
  readonly heldBack: Duration;
  /** Pictures so far, and those behind the newest. */
  readonly many: number;
  readonly behind: number;
  /** Milliseconds by which a picture is dated earlier than need be, so that others that arrive at once find room. */
  readonly early: number;
  readonly dated: readonly Dated[];
  /** Of the wall clock, against the one that never steps. */
  readonly offset: number;
}

/** No codec holds back more pictures than this (H.264 A.3.1, H.265 A.4.2). */
const mostBehind = 16;
/** A step back of so long is a B picture's, whatever came before: a camera's clock that is set by less does not matter. */
const surelyReordered = 300;
/** So many pictures it takes to know how far a camera's B pictures step back. */
const untilKnown = 60;
const mostReordered = 8000;
/** A count that goes on so much further than the time has been set. */
const set = 10_000;
/** The wall clock has been set where it moves by so much. */
const wallSet = 500;
/** A least delay that changes by more is not a crystal's: room is left. */
const wander = 5;
const [roomAtFirst, room] = [100, 40];
/** The room is given up by this share of the time that goes by. */
const roomGoes = 0.05;

/** @param clockRate RTP timestamps a second, as the session description has it */
export function takenAt(clockRate = 90_000): Machine<TakenAt, Arrival, Instant> {
  return {
    initial: {
      newest: undefined,
      time: countsTime.initial,
      heldBack: milliseconds(0),
      many: 0,
      behind: 0,
      early: roomAtFirst,
      dated: [],
      offset: 0,
    },
    step(before, arrival) {
      const [state, count] = placed(before, arrival, clockRate);
      const [after, at] = date(state, count, arrival.arrived);
      return [after, [at]];
    },
  };
}

/**
 * The dates of pictures that came together, in their order: by the one that came quickest, which is most often the last. A camera that
 * sends what it has kept since its last key picture would otherwise show the past as the present.
 * @param isOver no more of them will come
 * @param clockRate as for `takenAt`
 */
export function takenTogether(
  before: TakenAt,
  arrivals: readonly Arrival[],
  isOver: boolean,
  clockRate = 90_000,
): readonly [TakenAt, readonly Instant[]] {
  let state = before;
  const counts = arrivals.map((arrival) => {
    const [next, count] = placed(state, arrival, clockRate);
    state = next;
    return count;
  });
  if (isOver) state = { ...state, early: 0 };
  const dates = arrivals.map(({ arrived }, index) => {
    const [next, at] = date(state, counts[index] ?? 0, arrived);
    state = next;
    return at;
  });
  return [state, dates];
}

/** The state with the picture in it, and where on the camera's count it stands, in milliseconds. */
function placed(before: TakenAt, arrival: Arrival, clockRate: number): [TakenAt, number] {
  const { timestamp, arrived, steady, key = false } = arrival;
  const offset = arrived - steady;
  const isWallSet = Math.abs(offset - before.offset) > wallSet;
  const state = { ...before, offset, many: before.many + 1, dated: isWallSet ? [] : before.dated };
  if (!state.newest) return [{ ...state, newest: { timestamp, delay: firstDelay({ count: 0, arrived: steady }) } }, 0];
  const { delay } = state.newest;
  const went = (((timestamp - state.newest.timestamp) | 0) * 1000) / clockRate;
  if (went < 0 && !key && -went <= reorderable(state, delay.last.count + went)) {
    const heldBack = milliseconds(Math.max(state.heldBack, -went));
    return [{ ...state, heldBack, behind: state.behind + 1 }, delay.last.count + went];
  }
  const gap = steady - delay.last.arrived;
  // Where the camera's count is set, its time goes on as ours did; what seemed to be B pictures was that.
  const isSet = went < 0 || went > gap + set;
  const count = delay.last.count + (isSet ? Math.max(0, gap) : went);
  const next = nextDelay(delay, { count, arrived: steady }, state.heldBack > 0);
  const [time] = countsTime.step(state.time, { arrived: steady, least: next.least });
  const wanders = Math.abs(next.least - delay.least) > wander;
  const early = wanders ? Math.max(room, state.early) : Math.max(0, state.early - gap * roomGoes);
  const heldBack = isSet && state.behind >= mostBehind ? milliseconds(0) : state.heldBack;
  return [{ ...state, newest: { timestamp, delay: next }, time, early, heldBack, behind: 0 }, next.last.count];
}

function date(state: TakenAt, count: number, arrived: Instant): [TakenAt, Instant] {
  const least = state.newest?.delay.least ?? 0;
  const wanted = Math.min(arrived, count + least + state.offset) - state.early;
  const [at, dated] = inOrder(state.dated, { count, wanted, latest: arrived });
  return [{ ...state, dated }, at];
}

/**
 * Milliseconds: how far a picture may step back and be a B picture; beyond, the camera's clock has been set. It is no B picture either
 * where more pictures have come that would be shown after it than any codec holds back.
 */
function reorderable({ heldBack, many, behind, dated }: TakenAt, count: number): number {
  if (behind >= mostBehind || dated.filter((one) => one.count > count).length > mostBehind) return 0;
  return many <= untilKnown ? mostReordered : Math.max(surelyReordered, heldBack * 1.5);
}
