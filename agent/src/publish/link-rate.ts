/**
 * Pure. How much of the link a look may use. Down at once when pictures do not get through, up again slowly, and slower each
 * time that going up was a mistake. It goes by what the viewer's end has acknowledged, and knows a lost packet (one late
 * picture, then all is well) and a link that was gone (nothing at all) from a link that is too narrow (all are late).
 */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface LinkRate {
  /** Which step of the ladder is used: 0 is the most. */
  readonly step: number;
  /** When it was last changed, and which way; undefined until the first event. */
  readonly since: Instant | undefined;
  readonly went: 'down' | 'up' | undefined;
  /** Signs that the link is too narrow, since the last one to the contrary. */
  readonly signs: number;
  /** Pictures in a row that were late, and not right behind the one before. */
  readonly lateOnes: number;
  /** Going well since; moved on by each sign to the contrary. */
  readonly wellSince: Instant | undefined;
  /** So long it must go well before more is tried. */
  readonly patience: Duration;
  /** The shortest way there and back of late. */
  readonly shortest: Duration | undefined;
  readonly heardAt: Instant | undefined;
  /** What arrived of late: the link's width, where it was never idle. */
  readonly arrived: readonly { readonly at: Instant; readonly bytes: number }[];
}

export type LinkEvent =
  /** A picture was due and had to be left out: too much was under way already. */
  | { readonly type: 'left-out'; readonly at: Instant }
  | { readonly type: 'acknowledged'; readonly at: Instant; readonly roundTrip: Duration; readonly bytes: number }
  /** Another connection, or a viewer who begins anew: what was late says nothing about it. */
  | { readonly type: 'anew'; readonly at: Instant };

/** The step to use from now on. */
export type LinkEffect = { readonly type: 'use'; readonly step: number };

/** A picture that takes so much longer than the quickest did is late. Jitter on a poor mobile link is 80 ms, a lost packet costs 300. */
const late: Duration = milliseconds(200);
/** A lost packet makes about four signs, and then all is well. */
const enoughSigns = 6;
/** What comes at so many times the rate that is sent comes over a link that is wider than that. */
const wide = 3;
/** A change needs so long to show: what is under way was made before it. */
const settles: Duration = seconds(1);
/** Nothing was heard for so long: the link was gone, which says little about its width. */
const gone: Duration = milliseconds(700);
const measuredOver: Duration = seconds(1.5);
const firstPatience: Duration = seconds(5);
const longestPatience: Duration = seconds(60);
/** Each sign takes so much away of what went well. */
const setBack: Duration = milliseconds(300);
/** Down again so soon after going up: that was a mistake. */
const mistake: Duration = seconds(8);
/** The ways of a network change: the shortest is slowly forgotten, 10 ms a second. */
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
          // Late, and right behind the one before: it stood still behind a lost packet, and the link is wide.
          const since = state.heardAt === undefined ? Number.POSITIVE_INFINITY : at - state.heardAt;
          if (event.bytes * 8 > wide * kbits[state.step]! * since) return [{ ...heard, signs: 0, lateOnes: 0 }, []];
          const doubted = { ...sign(heard, at), lateOnes: state.lateOnes + 1 };
          // The first one after it stood still does not say yet which of the two it was.
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

/** In kbit/s. What came with the first of them was under way before, and says nothing about the time after it. */
function widthOf(arrived: LinkRate['arrived']): number {
  const [first, ...rest] = arrived;
  const lastOne = rest.at(-1);
  if (!first || !lastOne || lastOne.at === first.at) return Number.POSITIVE_INFINITY;
  return (rest.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / (lastOne.at - first.at);
}
