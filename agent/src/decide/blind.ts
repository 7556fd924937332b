/** Pure. Nothing can be understood for longer than agreed: covered, dark, frozen, turned away, or no picture that could be used. */
import type { EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { Observation, PictureState } from '@nattfrid/shared/domain/observation';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Detector, Given } from './detector.ts';
import type { Finding } from './finding.ts';

type Terms = { readonly afterSeconds: number };
export type Why = EvidenceCode<'blind'> & ('covered' | 'dark' | 'frozen' | 'moved' | 'no-picture');

export type BlindState =
  | { readonly name: 'sees'; readonly at?: Instant }
  /** The watch over the camera tells of it; nothing is told twice. */
  | { readonly name: 'camera-lost' }
  | { readonly name: 'unsure'; readonly why: Why; readonly since: Instant }
  | { readonly name: 'told'; readonly why: Why; readonly since: Instant; readonly seesSince?: Instant };

/** Infrared night pictures are dim, but have a lamp's contrast; these are pictures in which nobody could be found. */
export const limits = { dark: 0.06, flat: 0.03, moved: 0.75, known: 0.5 } as const;
/** Pictures that pass need not follow each other closely, but within this. */
const untilMissed = seconds(3);
/** One good picture does not end it. */
const untilSees = seconds(3);

export function blind({ agreed, models }: Given<Terms>): Detector<BlindState> {
  const after = seconds(agreed.afterSeconds);
  const tell = (phase: Finding['phase'], code: EvidenceCode<'blind'>, since: Instant, at: Instant): Finding => {
    const figures = { blindForSeconds: Math.round((at - since) / 1000) };
    return { phase, kind: 'blind', at, evidence: { code, figures, models, attended: false } };
  };
  return {
    initial: { name: 'sees' },
    step(state, event) {
      const { at } = event;
      if (event.type === 'gap' && event.why === 'camera-lost' && state.name !== 'told')
        return [{ name: 'camera-lost' }, []];
      const why = whyBlind(state, event);
      switch (state.name) {
        case 'camera-lost':
          return [event.type === 'observed' ? { name: 'sees', at } : state, []];
        case 'sees': {
          if (why === undefined) return [event.type === 'observed' ? { name: 'sees', at } : { at, ...state }, []];
          const since = event.type === 'gap' ? event.from : (state.at ?? at);
          return [{ name: 'unsure', why, since: why === 'no-picture' ? since : at }, []];
        }
        case 'unsure':
          if (why === undefined) return [event.type === 'observed' ? { name: 'sees', at } : state, []];
          if (at - state.since < after) return [{ ...state, why }, []];
          return [{ name: 'told', why, since: state.since }, [tell('began', why, state.since, at)]];
        case 'told': {
          if (why === undefined && event.type === 'observed') {
            const seesSince = state.seesSince ?? at;
            if (at - seesSince < untilSees) return [{ ...state, seesSince }, []];
            return [{ name: 'sees', at }, [tell('ended', 'sees-again', state.since, at)]];
          }
          const still = { name: 'told' as const, why: why ?? state.why, since: state.since };
          return [still, still.why === state.why ? [] : [tell('changed', still.why, state.since, at)]];
        }
      }
    },
  };
}

/** @returns undefined: it sees, or time alone has gone by and says nothing yet. */
function whyBlind(state: BlindState, event: Observation): Why | undefined {
  switch (event.type) {
    case 'observed':
      return whyUseless(event.picture);
    case 'gap':
      return event.at - event.from >= untilMissed ? 'no-picture' : undefined;
    case 'tick':
      if (state.name === 'sees')
        return state.at !== undefined && event.at - state.at >= untilMissed ? 'no-picture' : undefined;
      return state.name === 'unsure' ? state.why : undefined;
  }
}

function whyUseless({ brightness, contrast, alive, changed, known }: PictureState): Why | undefined {
  if (!alive) return 'frozen';
  if (brightness < limits.dark && contrast < 2 * limits.flat) return 'dark';
  if (contrast < limits.flat) return 'covered';
  if (known >= limits.known && changed >= limits.moved) return 'moved';
  return undefined;
}
