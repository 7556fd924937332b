/**
 * Pure. The delivery of one message: to the first address, soon to the second, round after round, with the same `ref`, until a
 * receiver has said that it has taken it. It never gives up; only a receiver that says twice that the message itself is wrong ends it.
 */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { ScaipAnswer } from './elements.ts';

export type Way = 'primary' | 'secondary';

export type Delivery =
  /** `at`: when it is sent next, by the steady clock. */
  | ({ readonly name: 'waiting'; readonly at: Duration } & Tried)
  /** Sent to `way`, and perhaps to the other before it: an answer of either counts. */
  | ({ readonly name: 'sent'; readonly way: Way; readonly since: Duration; readonly wayEnds: Duration } & Tried)
  | { readonly name: 'taken'; readonly by: Way }
  | { readonly name: 'refused'; readonly answer: ScaipAnswer };

interface Tried {
  /** Rounds in which nobody has taken it. */
  readonly rounds: number;
  /** It was called wrong: sent with nothing but what must be there. */
  readonly bare: boolean;
}

/** All by the steady clock. `failed`: no answer can come that way, or it was refused there by SIP. */
export type DeliveryEvent =
  | { readonly type: 'tick'; readonly at: Duration }
  | { readonly type: 'failed'; readonly way: Way; readonly at: Duration }
  | { readonly type: 'answered'; readonly way: Way; readonly answer: ScaipAnswer; readonly at: Duration };

export type DeliveryEffect =
  | { readonly type: 'send'; readonly way: Way; readonly bare: boolean }
  /** A whole round without anybody who takes it: a person here must know. */
  | { readonly type: 'nobody-takes'; readonly rounds: number }
  | { readonly type: 'taken'; readonly by: Way }
  | { readonly type: 'refused'; readonly answer: ScaipAnswer };

export interface DeliveryTerms {
  readonly hasSecondary: boolean;
  /** The first address has so long before the second is asked as well. */
  readonly next: Duration;
  /** Both together. */
  readonly round: Duration;
}

type Stepped = readonly [Delivery, readonly DeliveryEffect[]];

/** Between rounds: a receiver that is back is found within the minute. */
const pauses: readonly Duration[] = [seconds(2), seconds(5), seconds(10), seconds(30), seconds(60)];

/** Message too long, invalid format, wrong content, mandatory tag missing: sent again as it is, it would be refused again. */
const isWrong = ({ status }: ScaipAnswer): boolean => [1, 2, 3, 7].includes(status);

export function deliveryMachine(terms: DeliveryTerms): Machine<Delivery, DeliveryEvent, DeliveryEffect> {
  const send = (way: Way, tried: Tried, since: Duration, at: Duration): Stepped => {
    const whole = milliseconds(since + terms.round);
    const first = milliseconds(at + terms.next);
    const wayEnds = way === 'primary' && terms.hasSecondary && first < whole ? first : whole;
    return [
      { name: 'sent', way, since, wayEnds, rounds: tried.rounds, bare: tried.bare },
      [{ type: 'send', way, bare: tried.bare }],
    ];
  };

  /** The other address where there is one that has not been asked; else the round is over. */
  function next(sent: Extract<Delivery, { name: 'sent' }>, at: Duration): Stepped {
    if (sent.way === 'primary' && terms.hasSecondary) return send('secondary', sent, sent.since, at);
    const rounds = sent.rounds + 1;
    const pause = pauses[Math.min(rounds, pauses.length) - 1]!;
    return [
      { name: 'waiting', at: milliseconds(at + pause), rounds, bare: sent.bare },
      [{ type: 'nobody-takes', rounds }],
    ];
  }

  return {
    initial: { name: 'waiting', at: milliseconds(Number.NEGATIVE_INFINITY), rounds: 0, bare: false },
    step(state, event): Stepped {
      if (state.name === 'taken' || state.name === 'refused') return [state, []];
      switch (event.type) {
        case 'tick':
          if (state.name === 'waiting')
            return event.at >= state.at ? send('primary', state, event.at, event.at) : [state, []];
          return event.at >= state.wayEnds ? next(state, event.at) : [state, []];
        case 'failed':
          return state.name === 'sent' && state.way === event.way ? next(state, event.at) : [state, []];
        case 'answered': {
          const { answer, way, at } = event;
          // However late, and whichever was asked last: it has it.
          if (answer.status === 0) return [{ name: 'taken', by: way }, [{ type: 'taken', by: way }]];
          if (isWrong(answer)) {
            if (state.bare) return [{ name: 'refused', answer }, [{ type: 'refused', answer }]];
            return send(way, { ...state, bare: true }, at, at);
          }
          return state.name === 'sent' && state.way === way ? next(state, at) : [state, []];
        }
      }
    },
  };
}
