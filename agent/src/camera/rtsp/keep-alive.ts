/** Pure. Keeps a session alive (RFC 2326 §10.8, §12.37): the ways that cameras take are tried one after the other. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';

export type KeepAliveMethod = 'GET_PARAMETER' | 'OPTIONS' | 'SET_PARAMETER';

interface KeepingAlive {
  readonly way: number;
  /** Sent without an answer. */
  readonly unanswered: number;
  /** Refused one after the other. */
  readonly refused: number;
}

export type KeepAliveEvent = { readonly type: 'due' } | { readonly type: 'answered'; readonly status: number };

/** After so many without an answer the next way is tried: one may be lost in a camera's bad moment. */
const patientWith = 2;

/**
 * Effect: the method to be sent now. A way that is refused, or not answered twice, gives room to the next one, at once where it was
 * refused; when all have been refused the first is tried again when it is due. Pictures, not answers, tell whether a session lives.
 * @param known the value of the header Public in the answer to OPTIONS, or nothing. @param feared ways with which earlier sessions of this camera have ended: the last ones to be tried
 */
export function keepAlive(
  known: string,
  feared: readonly KeepAliveMethod[] = [],
): Machine<KeepingAlive, KeepAliveEvent, KeepAliveMethod> {
  const usual: readonly KeepAliveMethod[] = /GET_PARAMETER/i.test(known)
    ? ['GET_PARAMETER', 'OPTIONS', 'SET_PARAMETER']
    : ['OPTIONS', 'GET_PARAMETER', 'SET_PARAMETER'];
  const ways = [...usual.filter((way) => !feared.includes(way)), ...usual.filter((way) => feared.includes(way))];
  const method = (state: KeepingAlive): KeepAliveMethod => ways[state.way] as KeepAliveMethod;
  const next = (state: KeepingAlive): KeepingAlive => ({ ...state, way: (state.way + 1) % ways.length, unanswered: 0 });
  return {
    initial: { way: 0, unanswered: 0, refused: 0 },
    step(before, event) {
      if (event.type === 'due') {
        const state = before.unanswered >= patientWith ? next(before) : before;
        return [{ ...state, unanswered: state.unanswered + 1, refused: 0 }, [method(state)]];
      }
      // A nonce that has become too old: the login is known by now.
      if (event.status === 401) return [{ ...before, refused: before.refused + 1 }, again(before, method(before))];
      if (event.status < 400) return [{ ...before, unanswered: 0, refused: 0 }, []];
      const state = { ...next(before), refused: before.refused + 1 };
      return [state, again(before, method(state))];
    },
  };
  function again({ refused }: KeepingAlive, now: KeepAliveMethod): readonly KeepAliveMethod[] {
    return refused + 1 < ways.length ? [now] : [];
  }
}

/** The feared ways after a session that has ended by itself; when each has been tried, all have their turn again. */
export const fearing = (feared: readonly KeepAliveMethod[], way: KeepAliveMethod): readonly KeepAliveMethod[] =>
  feared.length >= 2 ? [] : [...feared.filter((one) => one !== way), way];

/** RFC 2326 §12.37. */
const usualTimeout = 60;
/** Seconds between two at most: what lies between forgets connections, and some cameras their own timeout. */
const longestWait = 30;

/**
 * Half the session's timeout, so that one may be lost.
 * @param session value of the Session header: `1234;timeout=60`
 */
export function keepAliveEvery(session: string): Duration {
  const given = Number(/;\s*timeout\s*=\s*(\d{1,9})/i.exec(session)?.[1] ?? 0) || usualTimeout;
  return seconds(Math.max(1, Math.min(given / 2, longestWait)));
}
