/** Pure. Somebody lies on the floor for longer than agreed (dwell timer): came down from standing, sitting or a bed, or was found there. */
import { type BedStateName, bedStateNames, type EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
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
  /** Who lay there when it was told, and since. */
  readonly who: ReadonlySet<Identity>;
  readonly down: number;
  readonly attended: boolean;
  /** Since when help seems to have come or gone since it was told. */
  readonly otherwise?: Instant;
}

/** Help that steps out of the picture for a shorter time is still there. */
const untilTold = seconds(2);
/** Somebody who lies there and has not been seen for longer is only remembered. */
const untilRemembered = seconds(10);

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
      const lying = withoutDoubles(
        [...fates].flatMap(([who, fate]) => {
          if (fate.name !== 'down' || !fate.sure) return [];
          return [{ ...fate, who: [who], lyingFor: milliseconds(Math.min(fate.lyingFor, watchedFor)) }];
        }),
        at,
      );
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
      const codeOf = (down: Down) =>
        down.from === 'unseen' && roseFromBed(beds, down) ? 'fell-out-of-bed' : began[down.from];
      switch (state.name) {
        case 'watching': {
          const longest = due.reduce<Down | undefined>(longer, undefined);
          const held = attended && longest && longest.lyingFor < 2 * waits(longest, at);
          if (!longest || held) return [{ name: 'watching', ...next }, []];
          const told = { who: everybodyOf(due), down: due.length, attended };
          return [
            { name: 'told', told, ...next },
            [tell('began', codeOf(longest), tellOf(longest, figuresOf(longest)))],
          ];
        }
        case 'told': {
          if (lying.length === 0) return [{ name: 'watching', ...next }, [tell('ended', endOf(state.lay, sightings))]];
          const isTold = (one: Lying) => one.who.some((who) => state.told.who.has(who));
          const other = due.filter((one) => !isTold(one)).reduce<Lying | undefined>(longer, undefined);
          const onlyRemembered = lying.every((one) => !isTold(one) || at - one.lastSeen > untilRemembered);
          // An alarm about a body that nobody sees any more must not be all that is heard of somebody else who lies there.
          if (other && onlyRemembered) {
            const told = { who: everybodyOf(due), down: due.length, attended };
            const anew = tell('began', codeOf(other), tellOf(other, figuresOf(other)));
            return [{ name: 'told', told, ...next }, [tell('ended', 'nobody-there'), anew]];
          }
          const who = new Set([...state.told.who, ...everybodyOf(due)]);
          const [told, code] = retold(state.told, { who, down: due.length, attended }, at);
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
const longer = <One extends Down>(one: One | undefined, other: One): One =>
  one && one.lyingFor >= other.lyingFor ? one : other;

/** One body, with all identities under which it has been seen to lie there. */
type Lying = Down & { readonly who: readonly Identity[] };

const everybodyOf = (lying: readonly Lying[]): ReadonlySet<Identity> => new Set(lying.flatMap(({ who }) => who));

/** Who is lost and found again in the same place is one person, and not two. */
const isSamePlace = (one: Box, other: Box): boolean => overlapCoefficient(one, other) > 0.4;

/** Whoever is seen to lie where another one is only remembered to lie is that one, and has lain there for as long. */
function withoutDoubles(lying: readonly Lying[], at: Instant): readonly Lying[] {
  const remembered = lying.filter((one) => at - one.lastSeen > untilTold);
  const seen = lying.filter((one) => at - one.lastSeen <= untilTold);
  const isSeen = (one: Lying) => seen.some((other) => isSamePlace(other.place, one.place));
  const heirs = seen.map((one) => {
    const same = remembered.filter((other) => isSamePlace(other.place, one.place));
    const who = [...one.who, ...same.flatMap((other) => other.who)];
    const before = same.reduce<Lying | undefined>(longer, undefined);
    if (!before || before.lyingFor <= one.lyingFor) return { ...one, who };
    return { ...before, who, place: one.place, lastSeen: one.lastSeen };
  });
  return [...heirs, ...remembered.filter((one) => !isSeen(one))];
}

/** Another one down is told at once; help that comes or goes, once it has stayed so. */
function retold(told: Told, now: Told, at: Instant): readonly [Told, EvidenceCode<'fall'> | undefined] {
  if (now.down > told.down) return [now, 'another-down'];
  if (now.attended === told.attended) return [{ who: now.who, down: told.down, attended: told.attended }, undefined];
  const otherwise = told.otherwise ?? at;
  if (at - otherwise < untilTold) return [{ ...told, who: now.who, otherwise }, undefined];
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
