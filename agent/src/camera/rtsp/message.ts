/** Pure. RTSP 1.0 parser (RFC 2326): text messages, and interleaved RTP packets behind a `$` (§10.12). */
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { RtspEvent } from './event.ts';
import { dollar, type Found, readData } from './interleaved.ts';
import { type Known, readMessage } from './read-message.ts';

export type Heard =
  /** A chunk of the socket. */
  | Uint8Array
  /** Nothing has come for some time: a body whose length nobody knows may have ended. */
  | 'pause'
  /** DESCRIBE was sent: its answer has a body even if it does not say so. */
  | 'describing'
  /** SETUP was answered with this channel, which counts from now on. */
  | { readonly channel: number };

export interface Reading extends Known {
  /** The bytes of an incomplete message, 272 KB at most. */
  readonly rest: Uint8Array;
  /** A message lacks something, and a pause would help. */
  readonly waiting: boolean;
}

/** Channels beside those that a camera can have named: of one track, twice set up. */
const mostChannels = 8;

export const rtspReader: Machine<Reading, Heard, RtspEvent> = {
  initial: { rest: new Uint8Array(0), pauses: 0, describing: false, channels: [], waiting: false },
  step(state, heard) {
    if (heard === 'describing') return [{ ...state, describing: true }, []];
    if (heard === 'pause') return read({ ...state, pauses: state.pauses + 1 }, state.rest);
    if ('channel' in heard) {
      const channels = [...state.channels, heard.channel, heard.channel + 1].slice(-mostChannels);
      return [{ ...state, channels }, []];
    }
    const bytes = state.rest.length === 0 ? heard : Buffer.concat([state.rest, heard]);
    return read({ ...state, pauses: 0 }, bytes);
  },
};

function read(before: Reading, bytes: Uint8Array): readonly [Reading, readonly RtspEvent[]] {
  const events: RtspEvent[] = [];
  let state = before;
  let junk = 0;
  let at = 0;
  let waiting = false;
  while (at < bytes.length) {
    const found = readOne(state, bytes, at);
    if (found === 'incomplete' || found === 'body') {
      waiting = found === 'body';
      break;
    }
    if (found === 'junk') {
      at++;
      junk++;
      continue;
    }
    at = found.end;
    junk += found.junk ?? 0;
    if (!found.event) continue;
    if (junk > 0) events.push({ type: 'junk', bytes: junk });
    junk = 0;
    events.push(found.event);
    const described = found.event.type === 'response' && (found.event.body !== '' || found.event.status >= 400);
    state = { ...state, pauses: 0, describing: state.describing && !described };
  }
  if (junk > 0) events.push({ type: 'junk', bytes: junk });
  return [{ ...state, rest: bytes.slice(at), waiting }, events];
}

function readOne(state: Reading, bytes: Uint8Array, at: number): Found {
  const first = bytes[at] as number;
  if (first === dollar) return readData(state.channels, bytes, at);
  if (first === 13 || first === 10) return { end: at + 1 };
  const letter = first >= 65 && first <= 90;
  return letter ? readMessage(state, bytes, at) : 'junk';
}
