/** Pure. Not gone to bed by the agreed time of night (debounced): seen up, or not seen at all, which is never taken for being in bed. */
import type { EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { WallTime } from '@nattfrid/shared/domain/plan';
import { type Occurrence, windowAt } from '@nattfrid/shared/domain/window';
import { type Duration, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { bedStates } from '../situation/bed-state.ts';
import type { Posture } from '../situation/posture.ts';
import type { Situation } from '../situation/situation.ts';
import { isSeenNow, isSure } from '../situation/sure.ts';
import type { Detector, Given } from './detector.ts';
import type { Finding } from './finding.ts';

type Terms = { readonly by: WallTime; readonly until: WallTime };

/** What is known of the bed: `unknown` is neither in it nor up. */
export type Rest = 'in-bed' | 'up' | 'unknown';
interface Known {
  readonly rest: Rest;
  /** How long it has been so, of the time in which somebody looked. */
  readonly lasts: Duration;
  /** How long another rest has been seen instead. */
  readonly other: { readonly rest: Rest; readonly lasts: Duration };
}

export type NotInBedState =
  /** Before the agreed time, or after the night. */
  | { readonly name: 'day'; readonly known: Known; readonly asked?: Instant }
  | { readonly name: 'waiting'; readonly known: Known; readonly night: Occurrence }
  | {
      readonly name: 'told';
      readonly known: Known;
      readonly night: Occurrence;
      readonly code: 'seen-up' | 'bed-unknown' | 'no-bed-marked';
    }
  /** Has been in bed at the agreed time or since: somebody who gets up later has gone to bed all the same. */
  | { readonly name: 'slept'; readonly known: Known; readonly night: Occurrence };

/** In bed so long, and one has gone to bed. */
export const untilAbed = minutes(1);
/** Seen up so long, and one is up: not a turn in bed that looks like sitting. */
export const untilUp = seconds(5);
/** Nobody seen anywhere for so long: a visit to the bathroom is shorter. */
export const untilUnknown = minutes(15);

/** The calendar takes a millisecond: it need not be asked at every picture. */
const askAgain = seconds(1);

export function notInBed({ agreed, room, models }: Given<Terms>): Detector<NotInBedState> {
  const window = { from: agreed.by, to: agreed.until };
  const marked = room.beds.length > 0;
  const tell = (phase: Finding['phase'], code: EvidenceCode<'not-in-bed'>, night: Occurrence, at: Instant): Finding => {
    const figures = { minutesPastBedtime: Math.round((at - night.opens) / 60_000) };
    return { phase, kind: 'not-in-bed', at, evidence: { code, figures, models, attended: false } };
  };
  const missing = (known: Known) => {
    if (known.rest === 'up' && known.lasts >= untilUp) return 'seen-up';
    if (known.rest !== 'unknown' || known.lasts < untilUnknown) return undefined;
    return marked ? 'bed-unknown' : 'no-bed-marked';
  };
  return {
    initial: {
      name: 'day',
      known: { rest: 'unknown', lasts: milliseconds(0), other: { rest: 'unknown', lasts: milliseconds(0) } },
    },
    step(state, event) {
      const { at } = event;
      const known = event.type === 'observed' ? learn(state.known, event.situation) : state.known;
      switch (state.name) {
        case 'day': {
          if (state.asked !== undefined && at - state.asked < askAgain) return [{ ...state, known }, []];
          const night = windowAt(window, at);
          return [night ? { name: 'waiting', known, night } : { name: 'day', known, asked: at }, []];
        }
        case 'waiting': {
          if (at >= state.night.closes) return [{ name: 'day', known }, []];
          if (known.rest === 'in-bed' && known.lasts >= untilAbed) return [{ ...state, name: 'slept', known }, []];
          const code = missing(known);
          if (!code) return [{ ...state, known }, []];
          return [{ ...state, name: 'told', known, code }, [tell('began', code, state.night, at)]];
        }
        case 'told': {
          if (at >= state.night.closes) return [{ name: 'day', known }, [tell('ended', 'night-over', state.night, at)]];
          if (known.rest === 'in-bed' && known.lasts >= untilAbed)
            return [{ name: 'slept', known, night: state.night }, [tell('ended', 'in-bed', state.night, at)]];
          const code = missing(known) ?? state.code;
          return [{ ...state, known, code }, code === state.code ? [] : [tell('changed', code, state.night, at)]];
        }
        case 'slept':
          return [at >= state.night.closes ? { name: 'day', known } : { ...state, known }, []];
      }
    },
  };
}

/** A rest is left for another when that has been seen for some seconds, so that no flicker begins the time anew. */
function learn(known: Known, situation: Situation): Known {
  const step = situation.elapsed;
  const rest = restOf(situation);
  if (rest === known.rest)
    return { rest, lasts: milliseconds(known.lasts + step), other: { rest, lasts: milliseconds(0) } };
  const lasts = milliseconds(rest === known.other.rest ? known.other.lasts + step : 0);
  if (lasts >= seconds(2)) return { rest, lasts, other: { rest, lasts: milliseconds(0) } };
  return { ...known, lasts: milliseconds(known.lasts + step), other: { rest, lasts } };
}

/**
 * In a bed is in bed, whoever else is up in the room. Sitting on it is not yet in it, but not up either; and a bed of which
 * nothing is known is neither. Anybody told up counts, also somebody who may be a thing: it is told rather than kept quiet.
 */
function restOf({ beds, sightings }: Situation): Rest {
  if (bedStates(beds).some((bed) => bed.name === 'in-bed')) return 'in-bed';
  const postures = [...sightings.values()]
    .filter(({ asTold: { person } }) => isSure(person) && isSeenNow(person))
    .map(({ asTold: { reading } }) => reading.posture);
  return postures.some((one) => up.has(one)) ? 'up' : 'unknown';
}
const up: ReadonlySet<Posture> = new Set(['upright', 'sitting', 'lying', 'resting']);
