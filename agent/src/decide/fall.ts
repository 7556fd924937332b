/** Pure. Somebody lies on the floor for longer than agreed: came down from standing, sitting or a bed, or was found there. */
import type { EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { believed } from './believed.ts';
import type { Detector, Given } from './detector.ts';
import { type Fates, nextFates, type Readings, someoneUpright } from './fates.ts';
import type { Finding } from './finding.ts';
import type { Down, Fate, From } from './going-down.ts';
import { type Limits, readPosture } from './posture.ts';

type Terms = { readonly persistenceSeconds: number };

export type FallState =
  | { readonly name: 'watching'; readonly fates: Fates; readonly at?: Instant }
  | { readonly name: 'told'; readonly fates: Fates; readonly at: Instant; readonly told: Told };
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
export function fall(given: Given<Terms> & { readonly limits?: Limits }): Detector<FallState> {
  const persistence = seconds(given.agreed.persistenceSeconds);
  const readOf = (seen: Observed) => (person: Person) =>
    readPosture(person, given.room, seen.picture.aspect, given.limits);
  return {
    initial: { name: 'watching', fates: [] },
    step(state, event) {
      if (event.type !== 'observed') return [state, []];
      const readings = new Map(
        event.persons.map((person) => [person.track, { person, reading: readOf(event)(person) }]),
      );
      const fates = nextFates(state.fates, event, readings, believed(state.at, event.at));
      const lying = fates.filter((fate): fate is Down => fate.name === 'down' && fate.sure);
      const due = lying.filter((fate) => fate.lyingFor >= persistence);
      const attended = due.length > 0 && someoneUpright(fates, readings);
      const tell = (phase: Finding['phase'], code: EvidenceCode<'fall'>, figures: Figures = {}): Finding => ({
        phase,
        kind: 'fall',
        at: event.at,
        evidence: { code, figures, models: given.models, attended },
      });
      const { at } = event;
      switch (state.name) {
        case 'watching': {
          const longest = due.reduce<Down | undefined>(longer, undefined);
          const held = attended && longest && longest.lyingFor < 2 * persistence;
          if (!longest || held) return [{ name: 'watching', fates, at }, []];
          const told = { down: due.length, attended };
          return [{ name: 'told', fates, at, told }, [tell('began', began[longest.from], figuresOf(longest))]];
        }
        case 'told': {
          if (lying.length === 0) {
            const left = state.fates.find((fate) => fate.name === 'down');
            return [{ name: 'watching', fates, at }, [tell('ended', endOf(left, readings))]];
          }
          const [told, code] = retold(state.told, { down: due.length, attended }, at);
          const figures = { ...figuresOf(lying.reduce((one, other) => longer(one, other))), persons: due.length };
          return [{ name: 'told', fates, at, told }, code ? [tell('changed', code, figures)] : []];
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
  unseen: 'found-lying',
};

const figuresOf = ({ lyingFor, fellIn }: Down): Figures => ({
  lyingForSeconds: tenths(lyingFor),
  ...(fellIn !== undefined && { fellInSeconds: tenths(fellIn) }),
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
