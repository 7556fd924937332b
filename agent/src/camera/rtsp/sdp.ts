/** Pure. Parses a camera's session description (SDP, RFC 8866): the first H.264 track and its parameter sets (RFC 6184 §8.2.1). */
import type { VideoTrack } from '../rtp/track.ts';

export interface Presentation {
  /** Address for PLAY. */
  readonly control: string;
  /** Undefined: no H.264. */
  readonly track: VideoTrack | undefined;
  /** The codecs of all video tracks, for a message: `H265`, `JPEG`. */
  readonly codecs: readonly string[];
}

/** @param base the URL that the description belongs to (Content-Base, or the requested one) */
export function readSdp(text: string, base: string): Presentation {
  const [session = '', ...media] = text.split(/^(?=m=)/m);
  const videos = media.filter((one) => one.startsWith('m=video'));
  const codecs = videos.map(
    (one) => /^a=rtpmap:\d+ ([^/\s]+)/m.exec(one)?.[1] ?? /^m=video \d+ \S+ (\d+)/.exec(one)?.[1] ?? '?',
  );
  const control = resolveControl(attribute(session, 'control'), base);
  for (const video of videos) {
    const payload = /^a=rtpmap:(\d+) H264\/90000/im.exec(video)?.[1];
    if (payload === undefined) continue;
    const own = attribute(video, 'control');
    const sets = parameterSets(video, payload);
    const common = { clockRate: 90_000, control: resolveControl(own, base), sets, donl: false };
    const track = { codec: 'h264' as const, payload: Number(payload), ...common };
    return { control, codecs, track };
  }
  return { control, track: undefined, codecs };
}

const attribute = (part: string, name: string): string | undefined =>
  new RegExp(`^a=${name}:(.*?)\\s*$`, 'm').exec(part)?.[1];

/** Appends the control to the base, as cameras mean it, against the rules of relative URLs (RFC 2326 §C.1.1). */
function resolveControl(control: string | undefined, base: string): string {
  if (control === undefined || control === '*' || control === '') return base;
  if (/^rtsp:\/\//i.test(control)) return control;
  return base.endsWith('/') || control.startsWith('/')
    ? base.replace(/\/$/, '') + control.replace(/^\/?/, '/')
    : `${base}/${control}`;
}

function parameterSets(video: string, payload: string): readonly Uint8Array[] {
  const format = new RegExp(`^a=fmtp:${payload}\\s.*?sprop-parameter-sets=([A-Za-z0-9+/=,]+)`, 'im').exec(video)?.[1];
  const sets = (format ?? '').split(',').map((one) => new Uint8Array(Buffer.from(one, 'base64')));
  return sets.filter((set) => set.length > 3);
}
