/** Pure. Lets a detector see only what could be seen: a useless picture becomes a gap, which neither adds nor takes away. */
import type { Observation } from '@nattfrid/shared/domain/observation';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Instant } from '@nattfrid/shared/time/instant';
import { stepEyesight, type Watched } from './eyesight.ts';

export interface Sighted<State> {
  readonly inner: State;
  readonly watched?: Watched;
  /** Of the look before. */
  readonly at?: Instant;
}

export function withSight<State, Effect>(
  machine: Machine<State, Observation, Effect>,
): Machine<Sighted<State>, Observation, Effect> {
  return {
    initial: { inner: machine.initial },
    step(state, event) {
      if (event.type !== 'observed') {
        const [inner, effects] = machine.step(state.inner, event);
        return [{ ...state, inner }, effects];
      }
      const watched = stepEyesight(state.watched, event);
      const { at } = event;
      const shown: Observation =
        watched.eyesight.name === 'blind' ? { type: 'gap', from: state.at ?? at, at, why: 'useless' } : event;
      const [inner, effects] = machine.step(state.inner, shown);
      return [{ inner, watched, at }, effects];
    },
  };
}
