/** Pure. RTSP 1.0 parser (RFC 2326): text messages, and interleaved RTP packets behind a `$` (§10.12). */
import type { Machine } from '@nattfrid/shared/machine/machine';

export interface RtspResponse {
  readonly type: 'response';
  readonly status: number;
  /** Names in lower case; a repeated header has several values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export type RtspEvent =
  | RtspResponse
  /** A request of the server, which no camera needs a response to. */
  | { readonly type: 'request' }
  /** A packet of an interleaved channel; a view, to be used at once. */
  | { readonly type: 'data'; readonly channel: number; readonly payload: Uint8Array }
  /** Bytes that are none of these, skipped up to a possible message. */
  | { readonly type: 'junk'; readonly bytes: number };

/** @param headers without CSeq; none of them may hold a line break. */
export function writeRequest(
  method: string,
  url: string,
  sequence: number,
  headers: Readonly<Record<string, string>>,
): string {
  const lines = [`${method} ${url} RTSP/1.0`, `CSeq: ${sequence}`, 'User-Agent: Nattfrid'];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const longestHead = 16 * 1024;
const longestBody = 256 * 1024;
const dollar = 0x24;
/** Channels from here on are junk: the client asks for 0 and 1, and a server that counts on for each track stays below. */
const channels = 16;

/** State: the bytes of an incomplete message, 272 KB at most. Event: a chunk of the socket. */
export const rtspReader: Machine<Uint8Array, Uint8Array, RtspEvent> = {
  initial: new Uint8Array(0),
  step(rest, chunk) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const events: RtspEvent[] = [];
    let junk = 0;
    let at = 0;
    while (at < bytes.length) {
      const found = readOne(bytes, at);
      if (found === 'incomplete') break;
      if (found === 'junk') {
        at++;
        junk++;
        continue;
      }
      at = found.end;
      if (!found.event) continue;
      if (junk > 0) events.push({ type: 'junk', bytes: junk });
      junk = 0;
      events.push(found.event);
    }
    if (junk > 0) events.push({ type: 'junk', bytes: junk });
    return [bytes.slice(at), events];
  },
};

type Found = { readonly end: number; readonly event?: RtspEvent } | 'incomplete' | 'junk';

function readOne(bytes: Uint8Array, at: number): Found {
  const first = bytes[at] as number;
  if (first === dollar) return readData(bytes, at);
  if (first === 13 || first === 10) return { end: at + 1 };
  const letter = first >= 65 && first <= 90;
  return letter ? readMessage(bytes, at) : 'junk';
}

/**
 * An interleaved packet is recognised by a low channel, the version (2) of RTP and RTCP (RFC 3550 §5.1), and the ranges of their types
 * (RFC 5761 §4). Junk that passes for one swallows up to 64 KB of pictures.
 */
function readData(bytes: Uint8Array, at: number): Found {
  if (at + 5 >= bytes.length) return 'incomplete';
  const [, channel = 0, high = 0, low = 0, version = 0, type = 0] = bytes.subarray(at, at + 6);
  const size = (high << 8) | low;
  const control = channel % 2 === 1;
  const fits = control ? type >= 192 && type <= 223 : (type & 127) < 64 || (type & 127) > 95;
  if (channel >= channels || size < 4 || version >> 6 !== 2 || !fits) return 'junk';
  const end = at + 4 + size;
  if (end > bytes.length) return 'incomplete';
  return { end, event: { type: 'data', channel, payload: bytes.subarray(at + 4, end) } };
}

function readMessage(bytes: Uint8Array, at: number): Found {
  const window = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(bytes.length - at, longestHead));
  const start = window.toString('latin1', 0, 24);
  if (!/^[A-Z_]{1,20}($|[ /])/.test(start)) return 'junk';
  const size = window.indexOf('\r\n\r\n');
  if (size < 0) return window.length < longestHead ? 'incomplete' : 'junk';
  const [line = '', ...rest] = window.toString('utf8', 0, size).split('\r\n');
  const status = /^RTSP\/1\.\d (\d{3})/.exec(line)?.[1];
  if (!status && !/ RTSP\/1\.\d$/.test(line)) return 'junk';
  const headers = readHeaders(rest);
  const bodySize = Number(headers.get('content-length')?.[0] ?? 0);
  if (!(bodySize >= 0 && bodySize <= longestBody)) return 'junk';
  const bodyAt = at + size + 4;
  const end = bodyAt + bodySize;
  if (end > bytes.length) return 'incomplete';
  if (!status) return { end, event: { type: 'request' } };
  const body = Buffer.from(bytes.subarray(bodyAt, end)).toString('utf8');
  return { end, event: { type: 'response', status: Number(status), headers, body } };
}

function readHeaders(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, readonly string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return headers;
}
