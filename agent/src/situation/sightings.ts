/** Pure. One picture as it is believed: who is seen, as whom and in which posture (each read once), and whose track has ended. */
import type { BedSight, Gone, Person } from '@nattfrid/shared/domain/observation';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Identity } from './identity.ts';
import type { Reading } from './posture.ts';
import type { BedMoves, Stirred } from './stirred.ts';

/** One person in one picture. */
export interface Sighting {
  readonly person: Person;
  readonly reading: Reading;
  /** The same as the models report it, before any doubt whether it is a person, and where. */
  readonly asTold: { readonly person: Person; readonly reading: Reading };
}
export type Sightings = ReadonlyMap<Identity, Sighting>;

export interface Departed {
  readonly who: Identity;
  readonly why: Gone['why'];
  readonly into?: Identity;
}

export interface Look {
  readonly at: Instant;
  /** How much time this look stands for. */
  readonly elapsed: Duration;
  /** When there was a look before this one. */
  readonly lookedAt: Instant | undefined;
  readonly beds?: readonly BedSight[];
  /** Absent where the picture does not tell how the beds move. */
  readonly moves?: readonly BedMoves[];
  readonly stirred: Stirred;
  readonly sightings: Sightings;
  readonly gone: readonly Departed[];
}
