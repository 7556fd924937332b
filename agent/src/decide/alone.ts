/** Pure. Detectors with a situation of their own, outside the stage: for tests, and for deciding again what was recorded. */
import type { Observation } from '@nattfrid/shared/domain/observation';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Situation, type Surroundings, situationIn } from '../situation/situation.ts';
import { type Detector, happened } from './detector.ts';
import type { Finding } from './finding.ts';
import { type AgreedFall, mayLieIn } from './lying-place.ts';

interface Together {
  readonly situation: Situation;
  /** One for each detector, in their order. */
  readonly states: readonly unknown[];
}
/** `fall`: what the plan agrees of falls, if it does: somebody may lie where it says so. */
type In = Pick<Surroundings, 'room' | 'limits'> & { readonly fall?: AgreedFall | undefined };

/** All of them read the same situation; what they find at one instant comes in their order. */
export function together(
  detectors: readonly Detector<unknown>[],
  { room, limits, fall }: In,
): Machine<Together, Observation, Finding> {
  const machine = situationIn({ room, limits, mayLie: mayLieIn(room, fall) });
  return {
    initial: { situation: machine.initial, states: detectors.map(({ initial }) => initial) },
    step(before, observation) {
      const [situation] = machine.step(before.situation, observation);
      const event = happened(observation, situation);
      const stepped = detectors.map((detector, index) => detector.step(before.states[index], event));
      return [{ situation, states: stepped.map(([state]) => state) }, stepped.flatMap(([, findings]) => findings)];
    },
  };
}

export const alone = <State>(detector: Detector<State>, given: In) => together([detector as Detector<unknown>], given);
