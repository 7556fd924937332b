/** Pure. Which request an answer belongs to, also where the camera counts its answers wrongly or not at all. */
import type { RtspResponse } from './event.ts';

export interface Outstanding {
  readonly sequence: number;
  readonly method: string;
  /** Nobody waits for its answer any more; it may still come. */
  readonly givenUp?: boolean;
}

/** Requests that are remembered; a camera that never answers must not fill the memory. */
const most = 8;

export const remember = (all: readonly Outstanding[], one: Outstanding): readonly Outstanding[] =>
  [...all, one].slice(-most);

/**
 * A camera answers in order (RFC 2326 §10). CSeq counts where it names an open request; a session description answers DESCRIBE, whatever
 * it counts; else it is the oldest open one for which somebody waits.
 * @returns undefined: none is open
 */
export function requestOf(all: readonly Outstanding[], { headers, body }: RtspResponse): Outstanding | undefined {
  const described = /^[vm]=/m.test(body.slice(0, 2000)) ? all.find((one) => one.method === 'DESCRIBE') : undefined;
  const given = headers.get('cseq')?.[0];
  return described ?? all.find((one) => String(one.sequence) === given) ?? all.find((one) => !one.givenUp);
}
