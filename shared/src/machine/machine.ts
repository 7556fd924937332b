/** Pure. One shape for everything that remembers: detectors, sessions, looks, alarms, the desk. */
export interface Machine<State, Event, Effect> {
  readonly initial: State;
  /** Neither reads a clock nor does anything: what should be done comes back as effects, in order. */
  step(state: State, event: Event): readonly [State, readonly Effect[]];
}

/** Runs a machine over events and collects all effects; for tests and replays. */
export function run<State, Event, Effect>(
  machine: Machine<State, Event, Effect>,
  events: Iterable<Event>,
): { readonly state: State; readonly effects: readonly Effect[] } {
  let state = machine.initial;
  const effects: Effect[] = [];
  for (const event of events) {
    const [next, told] = machine.step(state, event);
    state = next;
    effects.push(...told);
  }
  return { state, effects };
}
