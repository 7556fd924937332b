/** Pure. SIP messages as bytes (RFC 3261 section 7 and 25): read within bounds, written with the length of the body in bytes. */
import { Fault } from '@nattfrid/shared/fault/fault';

/** Whole, with its body: what is longer is no SCAIP. */
export const mostSipBytes = 64 * 1024;
export const mostHeadBytes = 16 * 1024;
const mostHeaders = 100;

/** Names in small letters, compact forms written out, in their order; of several with one name each is one entry. */
export type Headers = readonly (readonly [name: string, value: string])[];

export interface SipRequest {
  readonly type: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}
export interface SipResponse {
  readonly type: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}
export type SipMessage = SipRequest | SipResponse;

/** RFC 3261 section 7.3.3, and those of its extensions. */
const compact: Readonly<Record<string, string>> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
};

/** The first of this name. @param name in small letters */
export const header = ({ headers }: { readonly headers: Headers }, name: string): string | undefined =>
  headers.find(([one]) => one === name)?.[1];
/** All of this name, in their order. */
export const headersOf = ({ headers }: { readonly headers: Headers }, name: string): readonly string[] =>
  headers.filter(([one]) => one === name).map(([, value]) => value);

/** What stands before the body. @returns undefined where its end has not come yet */
export function headEnd(bytes: Uint8Array, from = 0): number | undefined {
  for (let at = from; at + 3 < bytes.length; at++)
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at + 4;
  return undefined;
}

/** The first line and the headers. @param bytes up to and with the blank line that ends them */
export function readHead(bytes: Uint8Array): { readonly first: string; readonly headers: Headers } | Fault {
  const [first = '', ...lines] = unfolded(new TextDecoder().decode(bytes.subarray(0, -4)));
  if (lines.length > mostHeaders) return wrong('too many headers');
  const headers: (readonly [string, string])[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon < 1 || !/^[a-z0-9!%*_+`'~.-]+$/.test(name)) return wrong('a line that is no header');
    headers.push([(Object.hasOwn(compact, name) && compact[name]) || name, line.slice(colon + 1).trim()]);
  }
  return { first, headers };
}

/**
 * @param bytes one datagram, or one message cut out of a stream
 * @returns a Fault `message-invalid` or `message-too-large`; never throws, whatever the bytes
 */
export function readSip(bytes: Uint8Array): SipMessage | Fault {
  if (bytes.length > mostSipBytes) return new Fault('message-too-large', `A SIP message of ${bytes.length} bytes.`);
  const end = headEnd(bytes);
  if (end === undefined || end > mostHeadBytes) return wrong('its head has no end');
  const head = readHead(bytes.subarray(0, end));
  if (head instanceof Fault) return head;
  const { first, headers } = head;
  const rest = bytes.subarray(end);
  const length = contentLength(head);
  if (length !== undefined && (length < 0 || length > rest.length)) return wrong('its body is shorter than it says');
  const body = length === undefined ? rest : rest.subarray(0, length);
  const status = /^SIP\/2\.0 ([1-6][0-9]{2})(?: (.*))?$/i.exec(first);
  if (status) return { type: 'response', status: Number(status[1]), reason: status[2] ?? '', headers, body };
  const request = /^([A-Za-z0-9.!%*_+`'~-]{1,40}) (\S{1,1000}) SIP\/2\.0$/i.exec(first);
  if (request) return { type: 'request', method: request[1]!, uri: request[2]!, headers, body };
  return wrong('it begins neither as a request nor as a response');
}

/** @returns undefined: none is given; -1: one that cannot be */
export function contentLength(of: { readonly headers: Headers }): number | undefined {
  const given = headersOf(of, 'content-length');
  if (given.length === 0) return undefined;
  // Two that differ are how a second message is smuggled in.
  if (new Set(given).size > 1 || !/^[0-9]{1,6}$/.test(given[0]!)) return -1;
  return Number(given[0]);
}

const proper: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
};
const asWritten = (name: string): string =>
  proper[name] ?? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Content-Length is counted here. A line break in a value would be another header: it becomes a space. */
export function writeSip(message: SipMessage): Uint8Array {
  const first =
    message.type === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const lines = message.headers
    .filter(([name]) => name !== 'content-length')
    .map(([name, value]) => `${asWritten(name)}: ${value.replace(/[\r\n\0]+/g, ' ')}`);
  const head = [first.replace(/[\r\n\0]+/g, ' '), ...lines, `Content-Length: ${message.body.length}`, '', ''].join(
    '\r\n',
  );
  const headBytes = new TextEncoder().encode(head);
  const whole = new Uint8Array(headBytes.length + message.body.length);
  whole.set(headBytes);
  whole.set(message.body, headBytes.length);
  return whole;
}

/** What makes a response one to this request: the same Via lines, From, To, Call-ID, CSeq (RFC 3261 section 8.2.6). */
export function responseTo(request: SipRequest, status: number, reason: string, tag: string): SipResponse {
  const headers: (readonly [string, string])[] = [];
  for (const name of ['via', 'from', 'to', 'call-id', 'cseq'])
    for (const value of headersOf(request, name))
      headers.push([name, name === 'to' && !/;\s*tag=/i.test(value) ? `${value};tag=${tag}` : value]);
  return { type: 'response', status, reason, headers, body: new Uint8Array() };
}

/** Of the topmost Via: which request a response answers. */
export function branchOf(message: SipMessage): string | undefined {
  return /;\s*branch\s*=\s*([^;,\s]+)/i.exec(header(message, 'via') ?? '')?.[1];
}

/** A line that begins with a blank goes on the one before (section 7.3.1). */
function unfolded(head: string): readonly string[] {
  const lines: string[] = [];
  for (const line of head.split('\r\n')) {
    if (/^[ \t]/.test(line) && lines.length > 1) lines[lines.length - 1] += ` ${line.trim()}`;
    else lines.push(line);
  }
  return lines;
}

const wrong = (why: string): Fault => new Fault('message-invalid', `A SIP message that cannot be read: ${why}.`);
