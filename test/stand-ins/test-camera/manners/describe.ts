/** Pure. The session description of a manner's film, with its edits. */
import type { CodedFilm } from './film.ts';
import type { Manner } from './manner.ts';

const static26 = 26;

/** @returns the payload type of the track, before the manner's edits */
export const payloadType = ({ film }: Manner): number => (film?.codec === 'mjpeg' ? static26 : 96);

/** @param origin `rtsp://127.0.0.1:1234` */
export function describeManner(manner: Manner, film: CodedFilm, origin: string): string {
  const { sdp = {} } = manner;
  const sets = setsFor(film, sdp.sets);
  const profile = Buffer.from((film.sets[0] ?? new Uint8Array(4)).subarray(1, 4)).toString('hex');
  const lines = sdp.whole ?? [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=manners', 'c=IN IP4 0.0.0.0', 't=0 0', 'a=control:*'],
    ...formats[film.wish.codec ?? 'h264'](sets, profile),
    'a=control:track1',
  ];
  const base64 = film.sets.map((set) => Buffer.from(set).toString('base64'));
  const filled: Readonly<Record<string, string>> = {
    origin,
    profile,
    sps: base64.at(-2) ?? '',
    pps: base64.at(-1) ?? '',
    vps: base64[0] ?? '',
  };
  const text = `${lines.join('\r\n')}\r\n`.replace(/\{(\w+)\}/g, (whole, name: string) => filled[name] ?? whole);
  return (sdp.edits ?? []).reduce((said, [from, to]) => said.replace(from, to), text);
}

const formats: Readonly<
  Record<'h264' | 'h265' | 'mjpeg', (sets: readonly string[], profile: string) => readonly string[]>
> = {
  h264: (sets, profile) => [
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;profile-level-id=${profile}${sets.length > 0 ? `;sprop-parameter-sets=${sets.join()}` : ''}`,
  ],
  h265: (sets) => [
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H265/90000',
    ...(sets.length === 3 ? [`a=fmtp:96 sprop-vps=${sets[0]}; sprop-sps=${sets[1]}; sprop-pps=${sets[2]}`] : []),
  ],
  mjpeg: () => ['m=video 0 RTP/AVP 26', 'a=rtpmap:26 JPEG/90000'],
};

function setsFor({ sets }: CodedFilm, how: NonNullable<Manner['sdp']>['sets']): readonly string[] {
  const code = Buffer.from([0, 0, 0, 1]);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  switch (how) {
    case 'none':
      return [];
    case 'start-codes':
      return sets.map((set) => text(Buffer.concat([code, set])));
    case 'first-only':
      return sets.slice(0, 1).map(text);
    case 'wrong':
      return sets.map((set) => text(set.map((byte, index) => (index > 0 ? byte ^ 0x55 : byte))));
    case 'doubled':
      return [...sets, ...sets].map(text);
    case 'padded':
      return sets.map((set) => text(Buffer.concat([set, Buffer.alloc(3)])));
    case 'in-one':
      return [text(Buffer.concat(sets.flatMap((set) => [code, set])))];
    default:
      return sets.map(text);
  }
}
