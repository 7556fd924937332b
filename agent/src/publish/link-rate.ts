/**
 * Pure. Rate control of a look by acknowledgements: steps down quickly at congestion, up slowly, with a back-off each time that going up
 * was a mistake. A lost packet (one late picture, then none) and an outage (no acknowledgement at all) are no congestion (every
 * picture late).
 */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface LinkRate {
  /** Index of the step in the ladder; 0 is the most. */
  readonly step: number;
  /** Time and direction of the last change; undefined until the first event. */
  readonly since: Instant | undefined;
  readonly went: 'down' | 'up' | undefined;
  /** Signs of congestion since the last picture in time. */
  readonly signs: number;
  /** Late pictures in a row, without those that came right behind the one before. */
  readonly lateOnes: number;
  /** Start of the time without congestion; each sign moves it on. */
  readonly wellSince: Instant | undefined;
  /** Time without congestion before a step up. */
  readonly patience: Duration;
  /** The shortest round trip of late. */
  readonly shortest: Duration | undefined;
  readonly heardAt: Instant | undefined;
  /** Acknowledged bytes of late: the link's throughput, where it was never idle. */
  readonly arrived: readonly { readonly at: Instant; readonly bytes: number }[];
}

export type LinkEvent =
  /** A picture was due and left out, because the window of pictures was full. */
  | { readonly type: 'left-out'; readonly at: Instant }
  | { readonly type: 'acknowledged'; readonly at: Instant; readonly roundTrip: Duration; readonly bytes: number }
  /** Another connection, or a viewer who begins anew: earlier signs do not count. */
  | { readonly type: 'anew'; readonly at: Instant };

/** The step from now on. */
export type LinkEffect = { readonly type: 'use'; readonly step: number };

/** Round trip above the shortest from which a picture is late. Jitter on a poor mobile link is 80 ms, a lost packet costs 300 ms. */
const late: Duration = milliseconds(200);
/** Signs that mean congestion; a lost packet makes about four. */
const enoughSigns = 6;
/** Arrival rate, in multiples of the sending rate, that shows a wider link. */
const wide = 3;
/** Time until a change shows: pictures under way were encoded before it. */
const settles: Duration = seconds(1);
/** Time without an acknowledgement that counts as an outage, which says little about the throughput. */
const gone: Duration = milliseconds(700);
const measuredOver: Duration = seconds(1.5);
const firstPatience: Duration = seconds(5);
const longestPatience: Duration = seconds(60);
/** Each sign moves the time without congestion on by this. */
const setBack: Duration = milliseconds(300);
/** A step down so soon after a step up: going up was a mistake. */
const mistake: Duration = seconds(8);
/** Milliseconds that the shortest round trip grows with each acknowledgement (10 ms a second), because routes change. */
const forgets = 1;

/** @param kbits of each step, the most first @param first the step to begin with */
export function linkRate(kbits: readonly number[], first = 0): Machine<LinkRate, LinkEvent, LinkEffect> {
  const last = kbits.length - 1;
  return {
    initial: {
      step: Math.max(0, Math.min(last, first)),
      since: undefined,
      went: undefined,
      signs: 0,
      lateOnes: 0,
      wellSince: undefined,
      patience: firstPatience,
      shortest: undefined,
      heardAt: undefined,
      arrived: [],
    },
    step(before, event) {
      const { at } = event;
      const state = { ...before, since: before.since ?? at, wellSince: before.wellSince ?? at };
      switch (event.type) {
        case 'anew':
          return [{ ...state, signs: 0, lateOnes: 0, wellSince: at, heardAt: undefined, arrived: [] }, []];
        case 'left-out':
          return [sign(state, at), []];
        case 'acknowledged': {
          const wasGone = state.heardAt !== undefined && at - state.heardAt > gone;
          const heard = hear(state, event);
          const isLate = event.roundTrip > (heard.shortest ?? 0) + late;
          if (!isLate) return upwards({ ...heard, signs: 0, lateOnes: 0 }, at);
          // Late but right behind the one before: it waited behind a lost packet, and the link is wide.
          const since = state.heardAt === undefined ? Number.POSITIVE_INFINITY : at - state.heardAt;
          if (event.bytes * 8 > wide * kbits[state.step]! * since) return [{ ...heard, signs: 0, lateOnes: 0 }, []];
          const doubted = { ...sign(heard, at), lateOnes: state.lateOnes + 1 };
          // The first late picture after an outage does not tell congestion from a lost packet.
          const enough = doubted.signs >= enoughSigns && doubted.lateOnes > 1;
          if (!enough || at - state.since < settles || state.step === last) return [doubted, []];
          return downwards(doubted, at, wasGone);
        }
      }
    },
  };

  function downwards(state: Known, at: Instant, wasGone: boolean): readonly [LinkRate, readonly LinkEffect[]] {
    const width = wasGone ? Number.POSITIVE_INFINITY : widthOf(state.arrived);
    const fits = kbits.findIndex((one) => one <= 0.8 * width);
    const step = Math.max(state.step + 1, fits === -1 ? last : fits);
    const mistaken = state.went === 'up' && at - state.since < mistake;
    const patience = mistaken ? milliseconds(Math.min(longestPatience, state.patience * 2)) : firstPatience;
    const next = { ...state, step, since: at, went: 'down', signs: 0, lateOnes: 0, wellSince: at } as const;
    return [{ ...next, patience: state.went === 'down' ? state.patience : patience }, [{ type: 'use', step }]];
  }
}

type Known = LinkRate & { readonly since: Instant; readonly wellSince: Instant };

const sign = (state: Known, at: Instant): Known => ({
  ...state,
  signs: state.signs + 1,
  wellSince: Math.min(at, state.wellSince + setBack) as Instant,
});

function hear(state: Known, { at, roundTrip, bytes }: Extract<LinkEvent, { type: 'acknowledged' }>): Known {
  const shortest = Math.min(roundTrip, (state.shortest ?? roundTrip) + forgets) as Duration;
  const arrived = [...state.arrived.filter((one) => at - one.at < measuredOver), { at, bytes }];
  return { ...state, shortest, arrived, heardAt: at };
}

function upwards(state: Known, at: Instant): readonly [LinkRate, readonly LinkEffect[]] {
  if (state.step === 0 || at - state.wellSince < state.patience) return [state, []];
  const step = state.step - 1;
  return [{ ...state, step, since: at, went: 'up', wellSince: at }, [{ type: 'use', step }]];
}

/** Throughput in kbit/s. The first arrival only marks the start: its bytes were under way before. */
function widthOf(arrived: LinkRate['arrived']): number {
  const [first, ...rest] = arrived;
  const lastOne = rest.at(-1);
  if (!first || !lastOne || lastOne.at === first.at) return Number.POSITIVE_INFINITY;
  return (rest.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / (lastOne.at - first.at);
}
