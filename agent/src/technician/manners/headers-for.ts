/** Pure. Headers of an answer as they may stand in a recording: what is known and names nobody, and of the rest that it was there. */
import type { RtspHeaders } from '../../camera/rtsp/event.ts';
import type { Taken } from './taken.ts';
import { withoutNames } from './without-names.ts';

/** RFC 2326 §10, RFC 7826 §13.5. Anything else could be a name. */
const methods =
  /^(?:OPTIONS|DESCRIBE|ANNOUNCE|SETUP|PLAY|PAUSE|RECORD|TEARDOWN|GET_PARAMETER|SET_PARAMETER|REDIRECT|PLAY_NOTIFY)$/;

const left: Readonly<Record<string, string>> = { cseq: '', 'content-length': '' };

/** @param asked the address that the session was asked under. CSeq and Content-Length stand elsewhere in a recording, as differences. */
export function headersFor(headers: RtspHeaders, asked: string, taken: Taken): [string, string][] {
  return [...headers].flatMap(([name, values]) => {
    if (name in left) return [];
    if (!/^[a-z-]{1,40}$/.test(name)) {
      taken.out('headers with odd names', '');
      return [];
    }
    return values.map((value): [string, string] => [name, valueFor(name, value, asked, taken).slice(0, 2048)]);
  });
}

function valueFor(name: string, value: string, asked: string, taken: Taken): string {
  switch (name) {
    case 'public':
    case 'allow':
      return value
        .split(',')
        .map((one) => (methods.test(one.trim()) ? one : taken.out('methods with odd names', '<method>')))
        .join();
    case 'content-type':
      return kept(/^(?:application\/sdp|text\/parameters)(?:; ?charset=utf-8)?$/i, value, taken);
    case 'content-base':
    case 'content-location':
    case 'location':
      return withoutNames(value, asked, taken);
    case 'session':
      return value
        .replace(/^[^;]*/, () => taken.out('session ids', '<session>'))
        .replace(/;(?! ?timeout ?= ?\d{1,6}$).*$/, '');
    case 'transport':
      return value
        .split(';')
        .map((one) => transportPart(one, taken))
        .join(';');
    case 'www-authenticate':
      return challenge(value, taken);
    case 'range':
      return kept(/^(?:npt|clock)=(?:now|[\d.]{0,12})-[\d.]{0,12}$/, value, taken);
    case 'rtp-info':
      return taken.out('RTP-Info', '<rtp-info>');
    default:
      return taken.out(`values of the header ${name}`, '<value>');
  }
}

const kept = (good: RegExp, value: string, taken: Taken): string =>
  good.test(value) ? value : taken.out('values that are not understood', '<value>');

/** RFC 2326 §12.39: words, and numbers of ports and channels. */
function transportPart(part: string, taken: Taken): string {
  const [name = '', value] = part.split('=', 2);
  if (value === undefined)
    return /^ ?(?:RTP\/S?AVPF?(?:\/(?:TCP|UDP))?|unicast|multicast|append)$/i.test(name)
      ? part
      : taken.out('parts of Transport', '<value>');
  if (/^ ?(?:interleaved|client_port|server_port|port|ttl|layers)$/.test(name))
    return kept(/^[a-z_ ]+=\d{1,5}(?:-\d{1,5})?$/, part, taken);
  if (/^ ?mode$/.test(name)) return kept(/^ ?mode="?(?:play|record)"?$/i, part, taken);
  if (/^ ?ssrc$/i.test(name)) return `${name}=${taken.out('sources (SSRC)', '<ssrc>')}`;
  if (/^ ?(?:source|destination)$/.test(name)) return `${name}=${taken.out('addresses', '<address>')}`;
  return taken.out('parts of Transport', '<value>');
}

/** Scheme, and those of its values that say how to answer it (RFC 7616 §3.3). */
function challenge(value: string, taken: Taken): string {
  const [, scheme = '', rest = ''] = /^(Basic|Digest)\b(.*)$/i.exec(value) ?? [];
  if (scheme === '') return taken.out('challenges of another kind', '<challenge>');
  taken.out('realms and nonces', '');
  const said = [
    ...rest.matchAll(
      /\b(algorithm|qop|stale)="?(MD5-sess|MD5|SHA-256-sess|SHA-256|SHA-512-256|auth-int|auth, ?auth-int|auth|true|false)\b"?/gi,
    ),
  ].map(([, name, what]) => `${name?.toLowerCase()}=${what}`);
  const opaque = /\bopaque=/i.test(rest) ? ['opaque=<value>'] : [];
  return [scheme, [...said, ...opaque].join(', ')].join(' ').trim();
}
