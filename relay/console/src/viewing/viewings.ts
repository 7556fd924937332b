/** Pure. The pictures of all the cameras of a look as this browser knows them, each in a state of its own. */
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Lacking } from '../link/lacking.ts';
import { type Viewing, type ViewingEvent, viewing } from './viewing.ts';

export interface Viewings {
  /** Why this browser can show no picture at all, once it has been tried. */
  readonly lacking: Lacking | undefined;
  /** Cameras that have not been asked: their units have another key than the one that this console knows. */
  readonly changed: readonly UnitId[];
  readonly looks: ReadonlyMap<LookId, Viewing>;
}

export type ViewingsEvent =
  | { readonly type: 'lacks'; readonly what: Lacking }
  /** Another home: what was seen of the one before is forgotten. */
  | { readonly type: 'anew' }
  | { readonly type: 'key-changed'; readonly unit: UnitId }
  | { readonly type: 'look'; readonly look: LookId; readonly event: Exclude<ViewingEvent, { type: 'lacks' | 'began' }> }
  | { readonly type: 'began'; readonly look: LookId };

/** `clear`: nothing may be left on the canvas of this camera. */
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
