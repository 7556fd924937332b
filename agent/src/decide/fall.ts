/** Pure. Somebody lies on the floor for longer than agreed (dwell timer): came down from standing, sitting or a bed, or was found there. */
import { type BedStateName, bedStateNames, type EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { PictureState } from '@nattfrid/shared/domain/observation';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { BedState } from '../situation/bed.ts';
import { bedStates } from '../situation/bed-state.ts';
import { isSomeoneUpright } from '../situation/fates.ts';
import type { Down, From } from '../situation/going-down.ts';
import type { Identity } from '../situation/identity.ts';
import type { Sightings } from '../situation/sightings.ts';
import type { Detector, Given } from './detector.ts';
import type { Finding } from './finding.ts';
import { type AgreedFall, persistenceAt, placeOf } from './lying-place.ts';

interface Watching {
  /** For how long somebody has looked since the plan asks for it: nobody has lain there for longer, as far as the plan goes. */
  readonly watchedFor?: Duration;
  /** One who lay there at the last look. */
  readonly lay?: Identity | undefined;
}
export type FallState =
  | ({ readonly name: 'watching' } & Watching)
  | ({ readonly name: 'told'; readonly told: Told } & Watching);
interface Told {
  readonly down: number;
  readonly attended: boolean;
  /** Since when help seems to have come or gone since it was told. */
  readonly otherwise?: Instant;
}

/** Help that steps out of the picture for a shorter time is still there. */
const untilTold = seconds(2);

/**
 * While somebody else stands there the alarm is held back for once more the agreed time, never longer, and is told at once when
 * they leave: it is marked as attended, and never cancelled by it. Gaps neither add to the time nor wipe it out.
 */
export function fall({ agreed, room, models }: Given<AgreedFall>): Detector<FallState> {
  const waits = (down: Down, at: Instant) => persistenceAt(agreed, room, down.place, at);
  return {
    initial: { name: 'watching' },
    step(state, event) {
      if (event.type !== 'observed') return [state, []];
      const { at, observation, situation } = event;
      const { sightings } = situation;
      const watchedFor = milliseconds(state.watchedFor === undefined ? 0 : state.watchedFor + situation.elapsed);
      const fates = situation.persons.fate;
      const beds = bedStates(situation.beds);
      const lying = [...fates.values()].flatMap((fate) => {
        if (fate.name !== 'down' || !fate.sure) return [];
        return [{ ...fate, lyingFor: milliseconds(Math.min(fate.lyingFor, watchedFor)) }];
      });
      const due = lying.filter((down) => down.lyingFor >= waits(down, at));
      const attended = due.length > 0 && isSomeoneUpright(fates, sightings);
      const next = { watchedFor, lay: [...fates].find(([, { name }]) => name === 'down')?.[0] };
      const tell = (phase: Finding['phase'], code: EvidenceCode<'fall'>, about: Partial<Evidence> = {}): Finding => {
        return { phase, kind: 'fall', at, evidence: { code, figures: {}, ...about, models, attended } };
      };
      const tellOf = (down: Down, figures: Figures): Partial<Evidence> => ({
        figures: { ...figures, ...weakness(observation.picture) },
        place: placeOf(room, down.place),
        ...(room.beds.length > 0 && { bed: bedOf(beds) }),
      });
      switch (state.name) {
        case 'watching': {
          const longest = due.reduce<Down | undefined>(longer, undefined);
          const held = attended && longest && longest.lyingFor < 2 * waits(longest, at);
          if (!longest || held) return [{ name: 'watching', ...next }, []];
          const told = { down: due.length, attended };
          const code =
            longest.from === 'unseen' && roseFromBed(beds, longest) ? 'fell-out-of-bed' : began[longest.from];
          return [{ name: 'told', told, ...next }, [tell('began', code, tellOf(longest, figuresOf(longest)))]];
        }
        case 'told': {
          if (lying.length === 0) return [{ name: 'watching', ...next }, [tell('ended', endOf(state.lay, sightings))]];
          const [told, code] = retold(state.told, { down: due.length, attended }, at);
          const one = lying.reduce((one, other) => longer(one, other));
          const figures = { ...figuresOf(one), persons: due.length };
          return [{ name: 'told', told, ...next }, code ? [tell('changed', code, tellOf(one, figures))] : []];
        }
      }
    },
  };
}

type Evidence = Finding['evidence'];
type Figures = Finding['evidence']['figures'];

const began: Record<From, EvidenceCode<'fall'>> = {
  standing: 'fell-from-standing',
  sitting: 'fell-from-sitting',
  bed: 'fell-out-of-bed',
  sank: 'sank-down',
  slid: 'slid-out-of-bed',
  unseen: 'found-lying',
};

/** Somebody under a blanket is not seen to fall: but their bed was left when somebody began to lie here. */
const roseFromBed = (beds: readonly BedState[], { since }: Down): boolean =>
  beds.some((bed) => bed.name === 'not-in-bed' && bed.why === 'left' && bed.since !== undefined && bed.since >= since);

/** Of several beds, the state that says most. */
const bedOf = (beds: readonly BedState[]): BedStateName =>
  bedStateNames.find((name) => beds.some((bed) => bed.name === name)) ?? 'unknown';

/** What makes this picture a weak witness; nothing where it is a good one. */
const weakness = ({ brightness, contrast, alike }: PictureState): Figures => ({
  ...(brightness < 0.15 && { brightness: hundredths(brightness) }),
  ...(contrast < 0.15 && { contrast: hundredths(contrast) }),
  ...(alike !== undefined && alike < 0.5 && { roomRecognised: hundredths(alike) }),
});
const hundredths = (share: number): number => Math.round(share * 100) / 100;

const figuresOf = ({ lyingFor, fellIn, certainty }: Down): Figures => ({
  lyingForSeconds: tenths(lyingFor),
  ...(fellIn !== undefined && { fellInSeconds: tenths(fellIn) }),
  certainty: hundredths(certainty),
});
const tenths = (length: Duration): number => Math.round(length / 100) / 10;
const longer = (one: Down | undefined, other: Down): Down => (one && one.lyingFor >= other.lyingFor ? one : other);

/** Another one down is told at once; help that comes or goes, once it has stayed so. */
function retold(told: Told, now: Told, at: Instant): readonly [Told, EvidenceCode<'fall'> | undefined] {
  if (now.down > told.down) return [now, 'another-down'];
  if (now.attended === told.attended) return [{ down: told.down, attended: told.attended }, undefined];
  const otherwise = told.otherwise ?? at;
  if (at - otherwise < untilTold) return [{ ...told, otherwise }, undefined];
  return [{ ...now, down: told.down }, now.attended ? 'attended' : 'unattended'];
}

/** What the person who lay there does now; undefined: it is only sure that nobody lies there any more. */
function endOf(lay: Identity | undefined, sightings: Sightings): EvidenceCode<'fall'> {
  switch (lay && sightings.get(lay)?.reading.posture) {
    case 'upright':
    case 'sitting':
    case 'resting':
      return 'up-again';
    case 'in-bed':
    case 'on-bed':
      return 'into-bed';
    case 'lying':
    case 'unknown':
    case undefined:
      return 'nobody-there';
  }
}
