/** Pure. Puts RTP packets in the order of their numbers, over TCP too (recorders swap neighbours): waits for a missing one, briefly. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { RtpPacket } from './packet.ts';

export interface ArrivedPacket extends RtpPacket {
  /** Milliseconds of any steady clock; without it only packets are counted. */
  readonly arrived?: number;
}

export interface Ordered {
  readonly packet: RtpPacket;
  /** How many are missing in front of it; `unknown`: the camera counts anew. */
  readonly missing: number | 'unknown';
}

export interface Reordering {
  /** The number that is due; undefined before the first packet. */
  readonly due: number | undefined;
  /** Those that are too early, in order, copied. */
  readonly early: readonly ArrivedPacket[];
  /** Names of those that came last, in the order of their numbers, to tell a repeated packet from a camera that counts anew. */
  readonly recent: readonly number[];
  /** How many came too late in succession. */
  readonly late: number;
}

/** Milliseconds: over a network packets overtake each other by less, and a look must not wait for what never comes. */
const patience = 120;
/** Packets that are waited for: with a clock, and without one. At most 64 of 64 KB are kept. */
const most = { timed: 64, untimed: 8 } as const;
/** How far a number may be ahead of the one that is due, and behind it, before the camera counts anew (as in RFC 3550 §A.1). */
const furthest = { ahead: 3000, behind: 64 } as const;
/** So many too late in succession: the camera has begun to count anew, a little lower. */
const mostLate = 8;
/** The name of one that never came. */
const never = -1;

/** While nothing is missing, each packet comes out at once. */
export const reorder: Machine<Reordering, ArrivedPacket, Ordered> = {
  initial: { due: undefined, early: [], recent: [], late: 0 },
  step(state, packet) {
    const ahead = placeOf(state, packet);
    if (ahead === 0) return release(state, [{ packet, missing: 0 }], packet);
    if (ahead > furthest.ahead || ahead < -furthest.behind) return restart(state, packet);
    if (ahead > 0) return hold(state, packet);
    const seen = state.recent[state.recent.length + ahead] ?? never;
    if (seen === nameOf(packet)) return [state, []];
    if (seen === never)
      return state.late < mostLate ? [{ ...state, late: state.late + 1 }, []] : restart(state, packet);
    // An old number with other contents: the camera counts anew close by, or, where it is the last number again, does not count at all.
    return ahead === -1 ? release({ ...state, early: [] }, [{ packet, missing: 0 }], packet) : restart(state, packet);
  },
};

const placeOf = ({ due }: Reordering, { sequence }: RtpPacket): number =>
  due === undefined ? 0 : ((sequence - due) << 16) >> 16;

/** It can be of this count: packets of another type with a count of their own must not confuse it. */
export const isNear = (state: Reordering, packet: RtpPacket): boolean => {
  const ahead = placeOf(state, packet);
  return ahead >= 0 && ahead <= furthest.behind;
};

/** Names a packet well enough to know it again. */
const nameOf = ({ timestamp, payload, marker }: RtpPacket): number => {
  const [size, last, middle] = [payload.length, payload.at(-1) ?? 0, payload[payload.length >> 1] ?? 0];
  return (timestamp ^ (size << 16) ^ (last << 8) ^ middle ^ (marker ? 1 << 15 : 0)) >>> 0;
};

/** @param out what comes out first; then those that were too early for it alone */
function release(
  state: Reordering,
  out: readonly Ordered[],
  last: RtpPacket,
): readonly [Reordering, readonly Ordered[]] {
  const released = [...out];
  let due = (last.sequence + 1) & 0xffff;
  let next = 0;
  for (let one = state.early[next]; one?.sequence === due; one = state.early[++next]) {
    released.push({ packet: one, missing: 0 });
    due = (due + 1) & 0xffff;
  }
  const early = next === 0 ? state.early : state.early.slice(next);
  const recent = [
    ...state.recent.slice(released.length - furthest.behind),
    ...released.map((one) => nameOf(one.packet)),
  ];
  return [{ due, early, recent: recent.slice(-furthest.behind), late: 0 }, released];
}

function hold(state: Reordering, packet: ArrivedPacket): readonly [Reordering, readonly Ordered[]] {
  const due = state.due as number;
  const place = (one: RtpPacket) => (one.sequence - due) & 0xffff;
  if (state.early.some((one) => one.sequence === packet.sequence)) return [state, []];
  const kept = { ...packet, payload: packet.payload.slice() };
  const early = [...state.early, kept].sort((a, b) => place(a) - place(b));
  const oldest = state.early.reduce<number | undefined>((least, { arrived }) => min(least, arrived), undefined);
  const now = packet.arrived;
  const timed = now !== undefined && oldest !== undefined;
  const full = early.length >= (now === undefined ? most.untimed : most.timed);
  if (!full && !(timed && now - oldest >= patience)) return [{ ...state, early }, []];
  return giveUp({ ...state, early });
}

const min = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

/** Goes on behind what does not come. */
function giveUp(state: Reordering): readonly [Reordering, readonly Ordered[]] {
  const [first, ...early] = state.early as readonly [ArrivedPacket, ...ArrivedPacket[]];
  const missing = (first.sequence - (state.due as number)) & 0xffff;
  const recent = [...state.recent, ...new Array<number>(Math.min(missing, furthest.behind)).fill(never)];
  return release({ ...state, early, recent }, [{ packet: first, missing }], first);
}

/** What was waited for does not come any more: what is there comes out, and then the packet that counts anew. */
function restart(state: Reordering, packet: RtpPacket): readonly [Reordering, readonly Ordered[]] {
  let [rest, out] = [state, [] as readonly Ordered[]];
  while (rest.early.length > 0) {
    const [next, more] = giveUp(rest);
    [rest, out] = [next, [...out, ...more]];
  }
  const [fresh, more] = release({ ...rest, recent: [] }, [{ packet, missing: 'unknown' }], packet);
  return [fresh, [...out, ...more]];
}
