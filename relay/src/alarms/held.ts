/** Pure. When one more alarm stands behind an open one of its unit and kind, and when so many of them mean a faulty unit. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';

/** Open cards of one unit and kind: each of these rings, and whoever looks at one of them sees the home. */
export const mostCards = 3;

/** More held alarms than this within the time are no events of a home. */
const flood = { alarms: 20, within: minutes(10) };

export interface Flood {
  /** When alarms were held, by the steady clock, the newest last. */
  readonly held: readonly Duration[];
  readonly faulty: boolean;
}

/** `at`: by the steady clock. */
export type FloodEvent = { readonly type: 'held' | 'quiet'; readonly at: Duration };
export type FloodEffect = { readonly type: 'faulty' | 'well-again' };

export const floodMachine: Machine<Flood, FloodEvent, FloodEffect> = {
  initial: { held: [], faulty: false },
  step(before, { type, at }) {
    const recent = before.held.filter((one) => at - one < flood.within);
    const held = type === 'held' ? [...recent, at].slice(-flood.alarms - 1) : recent;
    const faulty = before.faulty ? held.length > 0 : held.length > flood.alarms;
    if (faulty === before.faulty) return [held.length === before.held.length ? before : { held, faulty }, []];
    return [{ held, faulty }, [{ type: faulty ? 'faulty' : 'well-again' }]];
  },
};
