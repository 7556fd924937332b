/** Pure. Somebody lies on the floor for longer than agreed: came down from standing, sitting or a bed, or was found there. */
import { type BedStateName, bedStateNames, type EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type Beds, newBeds, nextBeds, told as toldBeds } from '../situation/bed-state.ts';
import { believable, type Doubts, noDoubts } from '../situation/believable.ts';
import { believed } from '../situation/elapsed.ts';
import { type Fates, nextFates, type Readings, someoneUpright } from '../situation/fates.ts';
import type { Down, Fate, From } from '../situation/going-down.ts';
import { type Limits, type Reading, readPosture } from '../situation/posture.ts';
import type { Detector, Given } from './detector.ts';
import type { Finding } from './finding.ts';
import { type AgreedFall, agreedAt, persistenceAt, placeOf } from './lying-place.ts';

export type FallState =
  | {
      readonly name: 'watching';
      readonly fates: Fates;
      readonly beds: Beds;
      readonly doubts: Doubts;
      readonly at?: Instant;
    }
  | {
      readonly name: 'told';
      readonly fates: Fates;
      readonly beds: Beds;
      readonly doubts: Doubts;
      readonly at: Instant;
      readonly told: Told;
    };
interface Told {
  readonly down: number;
  readonly attended: boolean;
  /** Since when it looks otherwise than was told. */
  readonly otherwise?: Instant;
}

/** A helper who steps out of the picture for a moment need not be told of. */
const untilTold = seconds(2);

/**
 * While somebody else stands there the alarm is held back for once more the agreed time, never longer, and is told at once when
 * they leave: it is marked as attended, and never cancelled by it. Gaps neither add to the time nor wipe it out.
 *
 * @param given.limits other limits of posture: only for measuring how much hangs on them.
 */
export function fall(given: Given<AgreedFall> & { readonly limits?: Limits }): Detector<FallState> {
  const { agreed, room } = given;
  const readOf = (seen: Observed) => (person: Person) => {
    const reading = readPosture(person, room, seen.picture.aspect, given.limits);
    // Where lying is agreed, it is as on a sofa: who rolls off it begins to lie then, and not before.
    return reading.posture === 'lying' && agreedAt(agreed, room, person.box, seen.at).type === 'agreed'
      ? ({ ...reading, posture: 'resting' } satisfies Reading)
      : reading;
  };
  const waits = (down: Down, at: Instant) => persistenceAt(agreed, room, down.place, at);
  return {
    initial: { name: 'watching', fates: [], beds: newBeds(room), doubts: noDoubts },
    step(state, observed) {
      if (observed.type !== 'observed') return [state, []];
      const [doubts, event] = believable(state.doubts, observed, room);
      const readings = new Map(
        event.persons.map((person) => [person.track, { person, reading: readOf(event)(person) }]),
      );
      const beds = nextBeds(state.beds, event, room);
      const fates = nextFates(state.fates, event, readings, believed(state.at, event.at));
      const lying = fates.filter((fate): fate is Down => fate.name === 'down' && fate.sure);
      const due = lying.filter((fate) => fate.lyingFor >= waits(fate, event.at));
      const attended = due.length > 0 && someoneUpright(fates, readings);
      const tell = (
        phase: Finding['phase'],
        code: EvidenceCode<'fall'>,
        figures: Figures = {},
        of?: Down,
      ): Finding => ({
        phase,
        kind: 'fall',
        at: event.at,
        evidence: {
          code,
          figures: { ...figures, ...(of ? weakness(event.picture) : {}) },
          ...(of ? { place: placeOf(room, of.place) } : {}),
          ...(of && room.beds.length > 0 ? { bed: bedOf(beds) } : {}),
          models: given.models,
          attended,
        },
      });
      const { at } = event;
      switch (state.name) {
        case 'watching': {
          const longest = due.reduce<Down | undefined>(longer, undefined);
          const held = attended && longest && longest.lyingFor < 2 * waits(longest, at);
          if (!longest || held) return [{ name: 'watching', fates, beds, doubts, at }, []];
          const told = { down: due.length, attended };
          const code =
            longest.from === 'unseen' && roseFromBed(beds, longest) ? 'fell-out-of-bed' : began[longest.from];
          return [{ name: 'told', fates, beds, doubts, at, told }, [tell('began', code, figuresOf(longest), longest)]];
        }
        case 'told': {
          if (lying.length === 0) {
            const left = state.fates.find((fate) => fate.name === 'down');
            return [{ name: 'watching', fates, beds, doubts, at }, [tell('ended', endOf(left, readings))]];
          }
          const [told, code] = retold(state.told, { down: due.length, attended }, at);
          const one = lying.reduce((one, other) => longer(one, other));
          const figures = { ...figuresOf(one), persons: due.length };
          return [{ name: 'told', fates, beds, doubts, at, told }, code ? [tell('changed', code, figures, one)] : []];
        }
      }
    },
  };
}

type Figures = Finding['evidence']['figures'];

const began: Record<From, EvidenceCode<'fall'>> = {
  standing: 'fell-from-standing',
  sitting: 'fell-from-sitting',
  bed: 'fell-out-of-bed',
  sank: 'sank-down',
  slid: 'slid-out-of-bed',
  unseen: 'found-lying',
};

/** Was under the blanket, and so not seen to fall: the bed was left when somebody began to lie here. */
const roseFromBed = (beds: Beds, { since }: Down): boolean =>
  toldBeds(beds).some(
    (bed) => bed.name === 'not-in-bed' && bed.why === 'left' && bed.since !== undefined && bed.since >= since,
  );

/** Of several beds, the one that says most. */
const bedOf = (beds: Beds): BedStateName =>
  bedStateNames.find((name) => toldBeds(beds).some((bed) => bed.name === name)) ?? 'unknown';

/** What makes this picture a weak witness; nothing where it is a good one. */
const weakness = ({ brightness, contrast, alike }: Observed['picture']): Figures => ({
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

/** Another one down is told at once; help that comes or goes, when it stays so. */
function retold(told: Told, now: Told, at: Instant): readonly [Told, EvidenceCode<'fall'> | undefined] {
  if (now.down > told.down) return [now, 'another-down'];
  if (now.attended === told.attended) return [{ down: told.down, attended: told.attended }, undefined];
  const otherwise = told.otherwise ?? at;
  if (at - otherwise < untilTold) return [{ ...told, otherwise }, undefined];
  return [{ ...now, down: told.down }, now.attended ? 'attended' : 'unattended'];
}

/** What the one who lay there does now; the picture may be sure only that nobody lies there any more. */
function endOf(left: Fate | undefined, readings: Readings): EvidenceCode<'fall'> {
  switch (left && readings.get(left.track)?.reading.posture) {
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
