/** Pure. A session description as it may stand in a recording: its form, its numbers and the sizes of its parameter sets (RFC 4566, RFC 6184 §8.1). */
import type { Taken } from './taken.ts';
import { withoutNames } from './without-names.ts';

/** @param asked the address that the session was asked under */
export function sdpFor(body: string, asked: string, taken: Taken): string[] {
  const lines = body.split(/\r\n|\n|\r/).filter((line) => line !== '');
  return lines.slice(0, 512).map((line) => lineFor(line, asked, taken).slice(0, 2048));
}

function lineFor(line: string, asked: string, taken: Taken): string {
  const [kind = '', value = ''] = [line.slice(0, 2), line.slice(2)];
  switch (kind) {
    case 'v=':
    case 't=':
      return kept(/^[\d ]{0,24}$/, line, value, taken);
    case 'o=':
      taken.out('origins of the description', '');
      return `o=${['-', '1', '1', 'IN', 'IP4', '0.0.0.0'].slice(0, value.split(' ').length).join(' ')}`;
    case 's=':
    case 'i=':
    case 'u=':
    case 'e=':
    case 'p=':
      return value.trim() === '' ? kind : `${kind}${taken.out('names in the description', '-')}`;
    case 'c=':
      return `c=${['IN', 'IP4', '0.0.0.0'].slice(0, value.split(' ').length).join(' ')}`;
    case 'b=':
      return kept(/^(?:AS|CT|TIAS|RR|RS):\d{1,9}$/, line, value, taken);
    case 'm=':
      return kept(
        /^(?:video|audio|application|text|message) \d{1,5}(?:\/\d)? RTP\/S?AVPF?(?:\/TCP)?(?: (?:\d{1,3}|\(null\)))*$/,
        line,
        value,
        taken,
      );
    case 'a=':
      return `a=${attribute(value, asked, taken)}`;
    default:
      return taken.out('lines of the description', 'x=<line>');
  }
}

const kept = (good: RegExp, line: string, value: string, taken: Taken): string =>
  good.test(value) ? line : `${line.slice(0, 2)}${taken.out('values that are not understood', '<value>')}`;

const harmless =
  /^(?:recvonly|sendonly|sendrecv|inactive|rtpmap|rtpmap:\d{1,3} ?(?:H26[1345]|HEVC|JPEG|AV1|VP[89]|MP4V-ES|PCM[UA]|L16|opus|G72[26]|G726-\d\d|AAC|MPEG4-GENERIC|MP4A-LATM|telephone-event|vnd\.onvif\.metadata)\/\d{1,6}(?:\/\d)?|framerate: ?[\d.]{1,8}|(?:framesize|cliprect|x-dimensions|x-framerate|ptime|maxptime|quality|width|height): ?[\d ,.-]{1,24}|range: ?npt= ?(?:now|[\d.]{0,12})-[\d.]{0,12}|type:broadcast)$/i;

function attribute(text: string, asked: string, taken: Taken): string {
  if (harmless.test(text)) return text;
  const [, name = '', value] = /^([A-Za-z-]{1,40})(?::(.*))?$/.exec(text) ?? [];
  if (name === 'control') return `control:${withoutNames(value ?? '', asked, taken)}`;
  if (name === 'fmtp' && value !== undefined) return `fmtp:${formatFor(value, taken)}`;
  return name === ''
    ? taken.out('attributes', '<attribute>')
    : `${name}${value === undefined ? '' : `:${taken.out('values of attributes', '<value>')}`}`;
}

function formatFor(value: string, taken: Taken): string {
  const [, type = '', rest = ''] = /^(\d{1,3})\s*(.*)$/.exec(value) ?? [];
  return `${type} ${rest
    .split(';')
    .map((one) => parameter(one, taken))
    .join(';')}`.trim();
}

function parameter(text: string, taken: Taken): string {
  const [, name = '', value = ''] = /^( ?[A-Za-z-]{1,40})=(.*)$/.exec(text) ?? [];
  if (name === '') return text.trim() === '' ? text : taken.out('parameters', '<value>');
  if (/sprop-(?:parameter-sets|vps|sps|pps)/i.test(name)) {
    const sizes = value.split(',').map((one) => (one === '' ? '' : `<${Buffer.from(one, 'base64').length} bytes>`));
    taken.out('parameter sets', '');
    return `${name}=${sizes.join()}`;
  }
  const says = /profile-level-id$/i.test(name) ? /^[0-9a-f]{1,6}$/i : /^(?:\d{1,8}|AAC-hbr|AAC-lbr)$/i;
  return `${name}=${says.test(value) ? value : taken.out('values of parameters', '<value>')}`;
}
