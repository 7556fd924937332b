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

const isSdp = (body: string): boolean => /^[vm]=/m.test(body.slice(0, 2000));

/**
 * A camera answers in order (RFC 2326 §10). CSeq counts where it names an open request; a session description answers DESCRIBE, whatever
 * it counts; else it is the oldest open one for which somebody waits, unless it cannot be: some cameras answer twice.
 * @returns undefined: none is open
 */
export function requestOf(all: readonly Outstanding[], response: RtspResponse): Outstanding | undefined {
  const { status, headers, body } = response;
  if (isSdp(body)) return all.find((one) => one.method === 'DESCRIBE');
  const given = headers.get('cseq')?.[0];
  const counted = all.find((one) => String(one.sequence) === given);
  const oldest = all.find((one) => !one.givenUp);
  return counted ?? (oldest?.method === 'DESCRIBE' && status === 200 && given !== undefined ? undefined : oldest);
}
