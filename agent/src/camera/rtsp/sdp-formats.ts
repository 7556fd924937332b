/** Pure. The formats of one video track of an SDP: codec, payload type, parameter sets (RFC 6184 §8.2, RFC 7798 §7.2, RFC 2435). */
import type { Codec } from '../../codec/codec.ts';

export interface Format {
  /** As the camera calls it: `H264`, or the payload type's number. */
  readonly name: string;
  /** Undefined: none of those that can be decoded. */
  readonly codec: Codec | undefined;
  readonly payload: number;
  readonly clockRate: number;
  readonly sets: readonly Uint8Array[];
  readonly donl: boolean;
}

const codecs: Readonly<Record<string, Codec>> = {
  H264: 'h264',
  H265: 'h265',
  HEVC: 'h265',
  JPEG: 'mjpeg',
  MJPEG: 'mjpeg',
};
/** JPEG is payload type 26 without saying so (RFC 3551 §6). */
const staticJpeg = 26;
/** Formats of a track, parameter sets of a format, and bytes of a set; no camera comes near them. */
const most = { formats: 8, sets: 64, set: 4096 } as const;

/** @param part the track's lines; the first is `m=video 0 RTP/AVP 96` */
export function formatsOf(part: readonly string[]): readonly Format[] {
  const listed = (part[0] ?? '').split(/\s+/).slice(3, 3 + most.formats);
  const mapped = part.flatMap((line) => /^a=rtpmap:\s*(\d{1,3})\s/i.exec(line)?.[1] ?? []);
  const types = [...new Set([...listed, ...mapped].filter((type) => /^\d{1,3}$/.test(type)).map(Number))];
  return types.slice(0, most.formats).map((payload) => formatOf(part, payload));
}

function formatOf(part: readonly string[], payload: number): Format {
  const map = new RegExp(`^a=rtpmap:\\s*${payload}\\s+([\\w.+-]{1,20})(?:\\s*/\\s*(\\d{1,9}))?`, 'i');
  const [, name, rate] = part.map((line) => map.exec(line)).find((found) => found !== null) ?? [];
  const given = parameters(part, payload);
  const guessed = name ?? (payload === staticJpeg ? 'JPEG' : impliedBy(given));
  const codec = guessed === undefined ? undefined : codecs[guessed.toUpperCase()];
  return {
    name: guessed ?? String(payload),
    codec,
    payload,
    clockRate: Number(rate) || 90_000,
    sets:
      codec === 'h264'
        ? setsOf(given, ['sprop-parameter-sets'], [7, 8], (first) => first & 31)
        : codec === 'h265'
          ? setsOf(given, ['sprop-vps', 'sprop-sps', 'sprop-pps'], [32, 33, 34], (first) => (first >> 1) & 63)
          : [],
    donl: codec === 'h265' && Number(given.get('sprop-max-don-diff') ?? 0) > 0,
  };
}

/** A codec that is named nowhere shows in its parameters. */
function impliedBy(given: ReadonlyMap<string, string>): string | undefined {
  if (given.has('sprop-vps') || given.has('sprop-sps')) return 'H265';
  return given.has('sprop-parameter-sets') || given.has('profile-level-id') ? 'H264' : undefined;
}

/** Of `a=fmtp:96 name=value; name=value`; names in lower case. */
function parameters(part: readonly string[], payload: number): ReadonlyMap<string, string> {
  const head = new RegExp(`^a=fmtp:\\s*${payload}\\s`, 'i');
  const pairs = part
    .filter((line) => head.test(line))
    .flatMap((line) => line.replace(head, '').split(';'))
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  return new Map(pairs.map(([name, value]) => [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, '')]));
}

/** Cameras put start codes in front of sets, several sets into one, and others among them; what is no set is left out. */
function setsOf(
  given: ReadonlyMap<string, string>,
  names: readonly string[],
  wanted: readonly number[],
  typeOf: (first: number) => number,
): readonly Uint8Array[] {
  return names
    .flatMap((name) => (given.get(name) ?? '').split(',', most.sets))
    .flatMap((text) => withoutStartCodes(Buffer.from(text, 'base64')))
    .filter((set) => set.length > 3 && set.length <= most.set && wanted.includes(typeOf(set[0] as number)))
    .slice(0, most.sets);
}

function withoutStartCodes(bytes: Buffer): readonly Uint8Array[] {
  const units: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf(startCode); ; at = bytes.indexOf(startCode, start)) {
    let end = at < 0 ? bytes.length : at;
    while (end > start && at >= 0 && bytes[end - 1] === 0) end--;
    if (end > start) units.push(new Uint8Array(bytes.subarray(start, end)));
    if (at < 0) return units;
    start = at + startCode.length;
  }
}

const startCode = Uint8Array.of(0, 0, 1);
