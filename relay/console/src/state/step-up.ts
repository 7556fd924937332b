/** Pure. Whether somebody is asked to show more surely who they are, and for what: one dialog, however many wait for it. */
import type { Assurance } from '@nattfrid/shared/desk/assurance';
import type { Machine } from '@nattfrid/shared/machine/machine';

/** What has come of it; `anyway`: for the alarm's sake, without. */
export type SteppedUp = 'stepped' | 'anyway' | 'no';

export interface Needed {
  readonly needs: Assurance;
  /** It can be had all the same, because of an alarm. */
  readonly anyway: boolean;
}

export type StepUpState = { readonly name: 'calm' } | ({ readonly name: 'asking' } & Needed);

export type StepUpEvent =
  | ({ readonly type: 'needed' } & Needed)
  | { readonly type: 'answered'; readonly how: SteppedUp };

/** Everybody who waits is told. */
export interface StepUpEffect {
  readonly type: 'tell';
  readonly how: SteppedUp;
}

export const stepUp: Machine<StepUpState, StepUpEvent, StepUpEffect> = {
  initial: { name: 'calm' },
  step(state, event) {
    switch (event.type) {
      case 'needed': {
        const before = state.name === 'asking' ? state.needs : 1;
        const needs = event.needs > before ? event.needs : before;
        return [{ name: 'asking', needs, anyway: event.anyway }, []];
      }
      case 'answered':
        return [{ name: 'calm' }, state.name === 'asking' ? [{ type: 'tell', how: event.how }] : []];
    }
  },
};
