/** Pure. The session description of a recording, as the test camera is to say it with parameter sets of its own. */
import type { MannersRecording } from '@nattfrid/agent/technician/manners/recording';
import type { SdpEdits } from '../manner.ts';
import type { NalOf } from './pictures-of.ts';

export interface Announced {
  readonly codec: NalOf;
  readonly type: number;
  readonly clockRate: number;
}

/** The first video of it that the test camera can draw. */
export function announcedIn({ sdp }: MannersRecording): Announced | undefined {
  return sdp.flatMap((line, at) => (line.startsWith('m=video') ? (videoAt(sdp, at) ?? []) : []))[0];
}

function videoAt(sdp: readonly string[], begins: number): Announced | undefined {
  const next = sdp.findIndex((line, at) => at > begins && line.startsWith('m='));
  const own = sdp.slice(begins, next < 0 ? undefined : next);
  const [, type] = /^m=video \S+ \S+ (\d{1,3})(?: |$)/.exec(own[0] ?? '') ?? [];
  const map = own.find((line) => line.startsWith(`a=rtpmap:${type} `));
  const [, name = '', rate] = /^a=rtpmap:\d+ ([^/]+)\/(\d+)/.exec(map ?? '') ?? [];
  const codec = codecs.get(name.toLowerCase()) ?? (type === '26' ? 'mjpeg' : undefined);
  return codec && { codec, type: Number(type), clockRate: Number(rate ?? 90_000) };
}

const codecs: ReadonlyMap<string, NalOf> = new Map([
  ['h264', 'h264'],
  ['h265', 'h265'],
  ['hevc', 'h265'],
  ['jpeg', 'mjpeg'],
]);

/** What the test camera says by itself, in the words of a recording. */
const good: Readonly<Record<NalOf, readonly string[]>> = {
  h264: [
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    'a=fmtp:96 packetization-mode=1;profile-level-id={profile};sprop-parameter-sets={sps},{pps}',
  ],
  h265: [
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H265/90000',
    'a=fmtp:96 sprop-vps={vps}; sprop-sps={sps}; sprop-pps={pps}',
  ],
  mjpeg: ['m=video 0 RTP/AVP 26', 'a=rtpmap:26 JPEG/90000'],
};

export function sdpOf({ sdp }: MannersRecording, codec: NalOf): SdpEdits | undefined {
  if (sdp.length === 0) return undefined;
  const whole = sdp.map((line) => filled(line));
  const usual = [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    'c=IN IP4 0.0.0.0',
    't=0 0',
    'a=control:*',
    ...good[codec],
    'a=control:track1',
  ];
  if (whole.join('\n') === usual.join('\n')) return undefined;
  const bare = usual
    .map((line) => line.replace(/;sprop-parameter-sets=.*/, ''))
    .filter((line) => !line.includes('sprop-'));
  if (whole.join('\n') === bare.join('\n')) return { sets: 'none' };
  return { whole };
}

const ofH264 = ['{sps}', '{pps}'] as const;

function filled(line: string): string {
  const sets = (text: string, name: string) => {
    let turn = 0;
    return text.replace(/<\d+ bytes>/g, () =>
      /parameter-sets/.test(name) ? (ofH264[turn++] ?? '{pps}') : `{${name.slice(-3)}}`,
    );
  };
  return line
    .replace(
      /(sprop-parameter-sets|sprop-vps|sprop-sps|sprop-pps)=([^;]*)/gi,
      (_, name: string, value: string) => `${name}=${sets(value, name.toLowerCase())}`,
    )
    .replace(/(; ?| )profile-level-id=[0-9a-f]{1,6}/gi, '$1profile-level-id={profile}')
    .replace(/<url>|<origin>(?=\/<path>)/, '{origin}/live')
    .replace('<origin>', '{origin}')
    .replaceAll('/<path>', '')
    .replaceAll(/<[a-z]+>/g, '0');
}
