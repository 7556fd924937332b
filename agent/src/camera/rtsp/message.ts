/** Pure. RTSP 1.0 parser (RFC 2326): text messages, and interleaved RTP packets behind a `$` (§10.12). */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { bodySize, longestBody } from './body.ts';

/** Names in lower case; a repeated header has several values. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;

export interface RtspResponse {
  readonly type: 'response';
  readonly status: number;
  readonly headers: RtspHeaders;
  readonly body: string;
}

/** A request of the camera's own. */
export interface CameraRequest {
  readonly type: 'request';
  readonly method: string;
  readonly headers: RtspHeaders;
  readonly body: string;
}

/** A packet of an interleaved channel; a view, to be used at once. */
export interface DataEvent {
  readonly type: 'data';
  readonly channel: number;
  readonly payload: Uint8Array;
}

export type RtspEvent =
  | RtspResponse
  | CameraRequest
  | DataEvent
  /** Bytes that are none of these, skipped up to a possible message. */
  | { readonly type: 'junk'; readonly bytes: number };

export type Heard =
  /** A chunk of the socket. */
  | Uint8Array
  /** Nothing has come for some time: a body whose length nobody knows may have ended. */
  | 'pause'
  /** DESCRIBE was sent: its answer has a body even if it does not say so. */
  | 'describing'
  /** SETUP was answered with this channel, which counts from now on. */
  | { readonly channel: number };

export interface Reading {
  /** The bytes of an incomplete message, 272 KB at most. */
  readonly rest: Uint8Array;
  readonly pauses: number;
  readonly describing: boolean;
  readonly channels: readonly number[];
  /** A message lacks something, and a pause would help. */
  readonly waiting: boolean;
}

const longestHead = 16 * 1024;
const longestLine = 1024;
const dollar = 0x24;
/** Channels from here on are junk, unless the camera has named them: a server that counts on for each track stays below. */
const usualChannels = 16;
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

type Found =
  | { readonly end: number; readonly event?: RtspEvent; readonly junk?: number }
  | 'incomplete'
  | 'body'
  | 'junk';

function readOne(state: Reading, bytes: Uint8Array, at: number): Found {
  const first = bytes[at] as number;
  if (first === dollar) return readData(state.channels, bytes, at);
  if (first === 13 || first === 10) return { end: at + 1 };
  const letter = first >= 65 && first <= 90;
  return letter ? readMessage(state, bytes, at) : 'junk';
}

/**
 * An interleaved packet is recognised by a low channel, the version (2) of RTP and RTCP (RFC 3550 §5.1), and the ranges of their types
 * (RFC 5761 §4). Junk that passes for one swallows up to 64 KB of pictures.
 */
function readData(channels: readonly number[], bytes: Uint8Array, at: number): Found {
  if (at + 5 >= bytes.length) return 'incomplete';
  const [, channel = 0, high = 0, low = 0, version = 0, type = 0] = bytes.subarray(at, at + 6);
  const size = (high << 8) | low;
  const fits = (type & 127) < 64 || (type & 127) > 95 || type >= 192;
  const known = channel < usualChannels || channels.includes(channel);
  if (!known || size < 4 || version >> 6 !== 2 || !fits) return 'junk';
  const end = at + 4 + size;
  if (end > bytes.length) return 'incomplete';
  return { end, event: { type: 'data', channel, payload: bytes.subarray(at + 4, end) } };
}

const answerLine = /^RTSP\/\d\.\d[ \t]+(\d{3})/;
const requestLine = /^([A-Z_]{1,20}) \S+ RTSP\/\d\.\d[ \t]*\r?$/;

function readMessage(state: Reading, bytes: Uint8Array, at: number): Found {
  const window = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(bytes.length - at, longestHead));
  const lineEnd = window.subarray(0, longestLine).indexOf(10);
  const line = window.toString('latin1', 0, lineEnd < 0 ? Math.min(window.length, longestLine) : lineEnd);
  if (lineEnd < 0) return window.length < longestLine && mayBegin(line) ? 'incomplete' : 'junk';
  const status = answerLine.exec(line)?.[1];
  const method = status ? undefined : requestLine.exec(line)?.[1];
  if (!status && !method) return 'junk';
  const head = headEnd(window, lineEnd);
  // All of it at once: a head without end, line by line, would be looked through again for each of its lines.
  if (head === undefined)
    return window.length < longestHead ? 'incomplete' : { end: at + longestHead, junk: longestHead };
  const headers = readHeaders(window.toString('utf8', lineEnd + 1, head).split('\n'));
  const rest = bytes.subarray(at + head, at + head + longestBody);
  const length = /^\d{1,6}$/.exec(headers.get('content-length')?.[0] ?? '')?.[0];
  const type = headers.get('content-type')?.[0];
  const described = state.describing && status === '200';
  const size = bodySize(rest, nextMessage(state.channels, rest), {
    length: length === undefined ? undefined : Number(length),
    expected: type !== undefined || described,
    sdp: described || /sdp/i.test(type ?? ''),
    pauses: state.pauses,
  });
  if (size === undefined) return 'body';
  const end = at + head + size;
  const body = Buffer.from(rest.subarray(0, size)).toString('utf8');
  if (method) return { end, event: { type: 'request', method, headers, body } };
  return { end, event: { type: 'response', status: Number(status), headers, body } };
}

/** The beginning of a first line, of which the rest has not come yet. */
const mayBegin = (line: string): boolean => /^[A-Z_]{1,20}($| \S*($| ))|^RTSP\/[\d.]*($|[ \t])/.test(line);

/** @returns the index behind the empty line; cameras end lines by CR LF, or by LF alone */
function headEnd(window: Buffer, lineEnd: number): number | undefined {
  const [bare, usual] = [window.indexOf('\n\n', lineEnd), window.indexOf('\n\r\n', lineEnd)];
  if (bare < 0) return usual < 0 ? undefined : usual + 3;
  return usual >= 0 && usual < bare ? usual + 3 : bare + 2;
}

/** Index at which behind a head the next message begins; below 0: nowhere yet. A body is text, and no line of it begins like one. */
function nextMessage(channels: readonly number[], rest: Uint8Array): number {
  const text = Buffer.from(rest.buffer, rest.byteOffset, rest.byteLength);
  let packet = text.indexOf(dollar);
  while (packet >= 0 && (text.length < packet + 6 || readData(channels, text, packet) === 'junk'))
    packet = text.indexOf(dollar, packet + 1);
  const end = packet < 0 ? text.length : packet;
  for (let at = 0; at < end; ) {
    const newline = text.indexOf(10, at);
    const line = text.toString('latin1', at, Math.min(newline < 0 ? end : newline, at + longestLine));
    if (answerLine.test(line) || requestLine.test(line)) return at;
    if (newline < 0) break;
    at = newline + 1;
  }
  return packet;
}

function readHeaders(lines: readonly string[]): RtspHeaders {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const values = headers.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  return headers;
}
