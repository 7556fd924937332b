/** Pure. A detector: a machine over what was seen, over blindness and over time going by, that tells what it found. */
import type { AlarmKind } from '@nattfrid/shared/domain/alarm';
import type { Observation } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { withSight } from '../situation/with-sight.ts';
import type { Finding } from './finding.ts';

export type Detector<State> = Machine<State, Observation, Finding>;

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

/**
 * Only ever stepped with states of its own, so the list may forget what they look like.
 *
 * @param given `sight`: useless pictures are gaps to it. `everything`: it judges the pictures themselves.
 */
export function detectorKind<Name extends keyof AgreedAlarms, State>(
  kind: DetectorKind['kind'],
  name: Name,
  build: (given: Given<NonNullable<AgreedAlarms[Name]>>) => Detector<State>,
  given: 'sight' | 'everything' = 'sight',
): DetectorKind {
  return {
    kind,
    build(alarms, room, models) {
      const agreed = alarms[name];
      if (!agreed) return undefined;
      const detector = build({ agreed, room, models });
      return (given === 'sight' ? withSight(detector) : detector) as Detector<unknown>;
    },
  };
}
