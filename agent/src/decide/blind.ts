/** Pure. Nothing can be understood for longer than agreed (debounced): covered, dark, dazzled, frozen, turned away, no picture, or nobody in all that moves. */
import type { EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { Observation, Observed } from '@nattfrid/shared/domain/observation';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { elapsedSince } from '../situation/elapsed.ts';
import { type WhyUseless, whyUseless } from '../situation/eyesight.ts';
import { isSure } from '../situation/sure.ts';
import type { Detector, Given } from './detector.ts';
import type { Finding } from './finding.ts';

type Terms = { readonly afterSeconds: number };
export type Why = WhyUseless | (EvidenceCode<'blind'> & ('not-understood' | 'no-picture'));

export interface BlindState {
  readonly eyes: Eyes;
  /** For how long much has moved without anybody being understood in it. */
  readonly puzzled?: { readonly lasts: Duration; readonly at: Instant } | undefined;
}
type Eyes =
  | { readonly name: 'sees'; readonly at?: Instant }
  /** The watch over the camera tells of a lost camera: it is not told twice. `at`: when it was last told that it is lost. */
  | { readonly name: 'camera-lost'; readonly at: Instant }
  | { readonly name: 'unsure'; readonly why: Why; readonly since: Instant }
  | { readonly name: 'told'; readonly why: Why; readonly since: Instant; readonly seesSince?: Instant };

/** Shares of the picture: a television or a curtain is less, somebody who walks about is more. */
const much = { changed: 0.1, moving: 0.015 } as const;
/** A person need not be understood at once: to be understood now and then is enough. */
const untilPuzzled = seconds(120);
/** Pictures that pass need not follow each other closely, but within this. */
const untilMissed = seconds(3);
/** While a camera is lost that is told every five seconds: after so long without a word it is there again. */
const untilThere = seconds(15);
/** One good picture does not end it. */
const untilSees = seconds(3);

export function blind({ agreed, models }: Given<Terms>): Detector<BlindState> {
  const after = seconds(agreed.afterSeconds);
  const untilTold = milliseconds(Math.max(after, untilPuzzled));
  const tell = (phase: Finding['phase'], code: EvidenceCode<'blind'>, since: Instant, at: Instant): Finding => {
    const figures = { blindForSeconds: Math.round((at - since) / 1000) };
    return { phase, kind: 'blind', at, evidence: { code, figures, models, attended: false } };
  };
  return {
    initial: { eyes: { name: 'sees' } },
    step(state, happened) {
      // Whoever judges the pictures themselves takes each as it came.
      const event = 'observation' in happened ? happened.observation : happened;
      const puzzled = event.type === 'observed' ? stillPuzzled(state.puzzled, event, untilTold) : state.puzzled;
      const lost = event.type === 'observed' && puzzled && puzzled.lasts >= untilTold;
      const why = whyNow(state.eyes, event) ?? (lost ? 'not-understood' : undefined);
      const [eyes, findings] = stepEyes(state.eyes, event, why);
      return [{ eyes, puzzled }, findings];
    },
  };

  function stepEyes(state: Eyes, event: Observation, why: Why | undefined): readonly [Eyes, readonly Finding[]] {
    const { at } = event;
    if (event.type === 'gap' && event.why === 'camera-lost' && state.name !== 'told')
      return [{ name: 'camera-lost', at }, []];
    switch (state.name) {
      case 'camera-lost':
        if (event.type === 'observed') return [{ name: 'sees', at }, []];
        // It is there and sends, and nothing of it is ever seen.
        if (at - state.at >= untilThere) return [{ name: 'unsure', why: 'no-picture', since: state.at }, []];
        return [state, []];
      case 'sees': {
        if (why === undefined) return [event.type === 'observed' ? { name: 'sees', at } : { at, ...state }, []];
        const since = event.type === 'gap' ? event.from : (state.at ?? at);
        if (why === 'not-understood') return [{ name: 'unsure', why, since: instant(at - untilTold) }, []];
        return [{ name: 'unsure', why, since: why === 'no-picture' ? since : at }, []];
      }
      case 'unsure': {
        if (why === undefined) return [event.type === 'observed' ? { name: 'sees', at } : state, []];
        if (at - state.since < after) return [{ ...state, why }, []];
        return [{ name: 'told', why, since: state.since }, [tell('began', why, state.since, at)]];
      }
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
  }
}

/** Grows while much differs and moves and nobody is there to explain it; shrinks half as fast while it is calm. */
function stillPuzzled(
  before: BlindState['puzzled'],
  { at, picture, persons }: Observed,
  limit: Duration,
): BlindState['puzzled'] {
  if (persons.some(isSure)) return undefined;
  const step = elapsedSince(before?.at, at);
  const puzzles = picture.changed >= much.changed && (picture.moving ?? 0) >= much.moving;
  const lasts = milliseconds(Math.max(0, (before?.lasts ?? 0) + (puzzles ? step : -step / 2)));
  return lasts === 0 && !puzzles ? undefined : { lasts: milliseconds(Math.min(lasts, limit + seconds(30))), at };
}

/** @returns undefined: it sees, or only some time has gone by, which says nothing yet. */
function whyNow(state: Eyes, event: Observation): Why | undefined {
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
