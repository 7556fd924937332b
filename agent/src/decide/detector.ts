/** Pure. A detector: a machine over what happened and what is believed of the room since, that tells what it found. */
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';
import type { Gap, Observation, Observed, Tick } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Situation } from '../situation/situation.ts';
import type { Finding } from './finding.ts';

/** What a detector is stepped with. */
export type Happened =
  /** The situation has been stepped with it; the observation is what the models report, before any doubt. */
  | {
      readonly type: 'observed';
      readonly at: Instant;
      readonly observation: Observed;
      readonly situation: Situation;
    }
  /** A picture that shows nothing: as good as a gap, for any detector but the one that tells of blindness. */
  | { readonly type: 'useless'; readonly at: Instant; readonly observation: Observed }
  | Gap
  | Tick;

export type Detector<State> = Machine<State, Happened, Finding>;

/** @param situation as stepped with this observation. */
export function happened(observation: Observation, situation: Situation): Happened {
  if (observation.type !== 'observed') return observation;
  const { at } = observation;
  const isUseless = situation.watched.eyesight.name === 'blind';
  return isUseless ? { type: 'useless', at, observation } : { type: 'observed', at, observation, situation };
}

/** What every detector is built of. Its state must outlive a new room or a changed term of the plan. */
export interface Given<Terms> {
  readonly agreed: Terms;
  readonly room: Room;
  /** Names and versions of the models behind the observations; they stand in every evidence. */
  readonly models: readonly string[];
}

/** One line of the list in `detectors.ts`: what the plan calls it, and how it is built. */
export interface DetectorKind {
  readonly kind: Exclude<AlarmKind, 'unit-silent'>;
  /** @returns undefined when the plan does not ask for it. */
  build(alarms: AgreedAlarms, room: Room, models: readonly string[]): Detector<unknown> | undefined;
}

/** Only ever stepped with states of its own, so the list may forget what they look like. */
export function detectorKind<Name extends keyof AgreedAlarms, State>(
  kind: DetectorKind['kind'],
  name: Name,
  build: (given: Given<NonNullable<AgreedAlarms[Name]>>) => Detector<State>,
): DetectorKind {
  return {
    kind,
    build(alarms, room, models) {
      const agreed = alarms[name];
      return agreed && (build({ agreed, room, models }) as Detector<unknown>);
    },
  };
}
