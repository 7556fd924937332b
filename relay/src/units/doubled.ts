/** Pure. Are there two units under one name? They take the connection from each other, and each of them comes back: one alone never does that. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';

export interface Doubled {
  /** Each time that another one came than the one before, oldest first; by the steady clock. */
  readonly changes: readonly { readonly who: string; readonly at: Duration }[];
  readonly isDoubled: boolean;
}

/** `who`: the run of its program, or where it comes from. */
export type DoubledEvent =
  | { readonly type: 'came'; readonly who: string; readonly at: Duration }
  | { readonly type: 'tick'; readonly at: Duration };

/** So many changes in so short a time are two units. */
const changesEnough = 3;
const within = minutes(1);
/** For so long nobody has taken the connection from anybody: one of them has been switched off. */
export const settledAfter = minutes(5);
const mostKept = 10;

export const doubled: Machine<Doubled, DoubledEvent, never> = {
  initial: { changes: [], isDoubled: false },
  step(state, event) {
    const last = state.changes.at(-1);
    switch (event.type) {
      case 'came': {
        if (last?.who === event.who) return [state, []];
        const changes = [...state.changes, { who: event.who, at: event.at }].slice(-mostKept);
        // The first that is known of came to nobody's place.
        const recent = changes.slice(1).filter(({ at }) => event.at - at <= within);
        const cameBack = changes.slice(0, -1).some(({ who }) => who === event.who);
        const isDoubled = state.isDoubled || (recent.length >= changesEnough && cameBack);
        return [{ changes, isDoubled }, []];
      }
      case 'tick':
        if (!state.isDoubled || (last && event.at - last.at < settledAfter)) return [state, []];
        return [{ changes: last ? [last] : [], isDoubled: false }, []];
    }
  },
};
