/**
 * Pure. A verdict whose seconds go on while its person is at the next home already: it can be taken back from any page, is told when its
 * time is over, and says so if it did not come through.
 */
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Said } from './held-verdict.ts';

/** What was judged, and where it is found. */
export interface About {
  readonly page: 'look' | 'alarm';
  readonly id: string;
  readonly client: string;
}

interface Judged {
  readonly about: About;
  readonly said: Said;
}

/** One at most: whoever has judged the next home has nothing more to take back of the one before. */
export type Lingering =
  | { readonly name: 'none' }
  /** `until`: by the clock that never steps. */
  | ({ readonly name: 'held'; readonly until: Duration } & Judged)
  | ({ readonly name: 'failed'; readonly why: FaultCode } & Judged);

export type LingeringEvent =
  | ({ readonly type: 'taken'; readonly until: Duration } & Judged)
  | { readonly type: 'undone' }
  | { readonly type: 'tick'; readonly at: Duration }
  /** The window is hidden or closed, or its person signs out. */
  | { readonly type: 'left' }
  /** Somebody else was first. */
  | { readonly type: 'over' }
  /** The relay could not be told. */
  | ({ readonly type: 'failed'; readonly why: FaultCode } & Judged)
  | { readonly type: 'again' }
  | { readonly type: 'put-away' };

export interface LingeringEffect extends Judged {
  readonly type: 'tell-relay';
}

type Stepped = readonly [Lingering, readonly LingeringEffect[]];
const none: Lingering = { name: 'none' };

export const lingering: Machine<Lingering, LingeringEvent, LingeringEffect> = {
  initial: none,
  step(state, event): Stepped {
    switch (event.type) {
      case 'taken': {
        const { about, said, until } = event;
        return [{ name: 'held', about, said, until }, state.name === 'held' ? [tell(state)] : []];
      }
      case 'undone':
      case 'over':
        return [state.name === 'held' ? none : state, []];
      case 'tick':
        return state.name === 'held' && event.at >= state.until ? [none, [tell(state)]] : [state, []];
      case 'left':
        return state.name === 'held' ? [none, [tell(state)]] : [state, []];
      case 'failed': {
        const { about, said, why } = event;
        // One that can still be taken back is what matters now; the other look is on the desk still.
        return [state.name === 'held' ? state : { name: 'failed', about, said, why }, []];
      }
      case 'again':
        return state.name === 'failed' ? [none, [tell(state)]] : [state, []];
      case 'put-away':
        return [state.name === 'failed' ? none : state, []];
    }
  },
};

const tell = ({ about, said }: Judged): LingeringEffect => ({ type: 'tell-relay', about, said });
