/** Pure. Reads one RTSP message, as loosely as cameras write them: its first line, its head, and the body behind (RFC 2326 §4 to §7). */
import { bodySize, longestBody } from './body.ts';
import type { RtspHeaders } from './event.ts';
import { dollar, type Found, readData } from './interleaved.ts';

export interface Known {
  /** Pauses since the last byte. */
  readonly pauses: number;
  /** DESCRIBE waits for its answer. */
  readonly describing: boolean;
  /** Channels that the camera has named. */
  readonly channels: readonly number[];
}

const longestLine = 1024;
const longestHead = 16 * 1024;
const answerLine = /^RTSP\/\d\.\d[ \t]+(\d{3})/;
const requestLine = /^([A-Z_]{1,20}) \S+ RTSP\/\d\.\d[ \t]*\r?$/;

/** @param state what is known of the connection. */
export function readMessage(state: Known, bytes: Uint8Array, at: number): Found {
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
