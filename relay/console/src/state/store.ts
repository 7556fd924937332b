/** The shell of a machine in the browser: holds its state, does its effects, and tells the components that draw it. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { useSyncExternalStore } from 'react';

export interface Store<State, Event> {
  readonly get: () => State;
  readonly send: (event: Event) => void;
  readonly subscribe: (call: () => void) => () => void;
}

export function openStore<State, Event, Effect>(
  machine: Machine<State, Event, Effect>,
  effect: (effect: Effect) => void,
): Store<State, Event> {
  let state = machine.initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    send(event) {
      const [next, effects] = machine.step(state, event);
      const changed = next !== state;
      state = next;
      if (changed) for (const listener of listeners) listener();
      for (const each of effects) effect(each);
    },
    subscribe(call) {
      listeners.add(call);
      return () => void listeners.delete(call);
    },
  };
}

/** One comparable value of the state: its component is drawn again only when that value changes. */
export const useOf = <State, Event, Value extends string | number | undefined>(
  store: Store<State, Event>,
  read: (state: State) => Value,
): Value => useSyncExternalStore(store.subscribe, () => read(store.get()));

export const useStore = <State, Event>(store: Store<State, Event>): State =>
  useSyncExternalStore(store.subscribe, store.get);
