/** Pure. Whether the relay can save: well, or since when and why not. Told at each change, and never only once in a log. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Instant } from '@nattfrid/shared/time/instant';
import { isDamage } from '../store/engine/cannot-save.ts';

export type Saving =
  | { readonly name: 'saves' }
  /** `fault`: what the last attempt was refused with, in words for whoever looks after the machine. */
  | { readonly name: 'cannot-save'; readonly since: Instant; readonly fault: Fault };

export type SavingEvent =
  | { readonly type: 'saved' }
  /** Every table has been read and none is damaged. */
  | { readonly type: 'whole' }
  | { readonly type: 'refused'; readonly at: Instant; readonly fault: Fault };

/** The state has changed: tell the desk, the units and the log. */
export type SavingEffect = { readonly type: 'tell' };

export const saving: Machine<Saving, SavingEvent, SavingEffect> = {
  initial: { name: 'saves' },
  step(state, event) {
    switch (event.type) {
      case 'saved':
        if (state.name === 'saves' || isDamage(state.fault)) return [state, []];
        return [{ name: 'saves' }, [{ type: 'tell' }]];
      case 'whole':
        if (state.name === 'saves' || !isDamage(state.fault)) return [state, []];
        return [{ name: 'saves' }, [{ type: 'tell' }]];
      case 'refused': {
        if (state.name === 'cannot-save' && isDamage(state.fault)) return [state, []];
        const since = state.name === 'cannot-save' ? state.since : event.at;
        const told = state.name === 'cannot-save' && state.fault.message === event.fault.message;
        return [{ name: 'cannot-save', since, fault: event.fault }, told ? [] : [{ type: 'tell' }]];
      }
    }
  },
};
