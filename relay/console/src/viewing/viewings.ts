/** Pure. The pictures of all looks on the screen, each in a state of its own. */
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Lacking } from '../link/lacking.ts';
import { type Viewing, type ViewingEvent, viewing } from './viewing.ts';

export interface Viewings {
  /** What this browser lacks to show pictures; known once a look was tried. */
  readonly lacking: Lacking | undefined;
  /** Units that were left out, because their key is not the one this console knows. */
  readonly changed: readonly UnitId[];
  readonly looks: ReadonlyMap<LookId, Viewing>;
}

export type ViewingsEvent =
  | { readonly type: 'lacks'; readonly what: Lacking }
  /** Another home is opened: the former one's looks are forgotten. */
  | { readonly type: 'anew' }
  | { readonly type: 'key-changed'; readonly unit: UnitId }
  | { readonly type: 'look'; readonly look: LookId; readonly event: Exclude<ViewingEvent, { type: 'lacks' | 'began' }> }
  | { readonly type: 'began'; readonly look: LookId };

/** `clear`: the canvas of this look is wiped. */
type ViewingsEffect = { readonly type: 'clear'; readonly look: LookId };

export const viewings: Machine<Viewings, ViewingsEvent, ViewingsEffect> = {
  initial: { lacking: undefined, changed: [], looks: new Map() },
  step(state, event) {
    switch (event.type) {
      case 'lacks':
        return [{ lacking: event.what, changed: [], looks: new Map() }, clear(state)];
      case 'anew':
        return [{ lacking: undefined, changed: [], looks: new Map() }, clear(state)];
      case 'key-changed':
        return [{ ...state, changed: [...state.changed, event.unit] }, []];
      case 'began':
        return one(state, event.look, event);
      case 'look':
        return one(state, event.look, event.event);
    }
  },
};

function one(state: Viewings, look: LookId, event: ViewingEvent): readonly [Viewings, readonly ViewingsEffect[]] {
  const before = state.looks.get(look) ?? viewing.initial;
  const [next, effects] = viewing.step(before, event);
  const looks = next === before ? state.looks : new Map(state.looks).set(look, next);
  return [looks === state.looks ? state : { ...state, looks }, effects.map(() => ({ type: 'clear', look }))];
}

const clear = ({ looks }: Viewings): readonly ViewingsEffect[] =>
  [...looks.keys()].map((look) => ({ type: 'clear', look }));

export const viewingOf = ({ lacking, looks }: Viewings, look: LookId): Viewing =>
  lacking ? { name: 'lacking', what: lacking } : (looks.get(look) ?? viewing.initial);
