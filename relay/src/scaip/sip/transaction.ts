/** Pure. A client transaction of anything but INVITE (RFC 3261 section 17.1.2): over UDP it is sent again, ever more slowly, until it is answered. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';

/** RFC 3261 section 17.1.1.1 and table 4: a round trip, the longest between two sendings, and after how long nobody answers. */
export const t1 = milliseconds(500);
const t2 = milliseconds(4000);
const timerF = milliseconds(64 * t1);

export type Transaction =
  | { readonly name: 'ready' }
  /** `provisional`: somebody is at it. */
  | {
      readonly name: 'asking';
      readonly provisional: boolean;
      readonly ends: Duration;
      readonly again: Duration;
      readonly interval: Duration;
    }
  | { readonly name: 'over' };

export type TransactionEvent =
  | { readonly type: 'start'; readonly at: Duration }
  | { readonly type: 'tick'; readonly at: Duration }
  | { readonly type: 'response'; readonly status: number; readonly at: Duration }
  | { readonly type: 'lost' };

export type TransactionEffect =
  | { readonly type: 'send' }
  | { readonly type: 'final' }
  | { readonly type: 'nobody'; readonly why: 'timed-out' | 'lost' };

/** @param reliable TCP and TLS send again by themselves */
export function transactionMachine(reliable: boolean): Machine<Transaction, TransactionEvent, TransactionEffect> {
  return {
    initial: { name: 'ready' },
    step(state, event) {
      if (state.name === 'over') return [state, []];
      if (event.type === 'lost') return [{ name: 'over' }, [{ type: 'nobody', why: 'lost' }]];
      if (state.name === 'ready') {
        if (event.type !== 'start') return [state, []];
        const { at } = event;
        const asking = {
          name: 'asking',
          provisional: false,
          ends: milliseconds(at + timerF),
          again: milliseconds(reliable ? Number.POSITIVE_INFINITY : at + t1),
          interval: t1,
        } as const;
        return [asking, [{ type: 'send' }]];
      }
      switch (event.type) {
        case 'start':
          return [state, []];
        case 'response':
          if (event.status >= 200) return [{ name: 'over' }, [{ type: 'final' }]];
          return [{ ...state, provisional: true }, []];
        case 'tick': {
          if (event.at >= state.ends) return [{ name: 'over' }, [{ type: 'nobody', why: 'timed-out' }]];
          if (event.at < state.again) return [state, []];
          const interval = state.provisional ? t2 : milliseconds(Math.min(state.interval * 2, t2));
          return [{ ...state, interval, again: milliseconds(event.at + interval) }, [{ type: 'send' }]];
        }
      }
    },
  };
}
