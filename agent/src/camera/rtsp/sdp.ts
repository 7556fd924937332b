/** Pure. Parses a camera's session description (SDP, RFC 8866), as loosely as cameras write it, and chooses a video track. */
import type { VideoTrack } from '../rtp/track.ts';
import { formatsOf } from './sdp-formats.ts';
import { controlsOf, resolveControl } from './target.ts';

export interface Presentation {
  /** Address for PLAY. */
  readonly control: string;
  /** The track to be watched; undefined: none that can be decoded. */
  readonly track: VideoTrack | undefined;
  /** Addresses for SETUP, the likeliest first: cameras mean their controls in several ways. */
  readonly controls: readonly string[];
  /** The codecs of all video tracks, for a message: `H265`, `JPEG`. */
  readonly codecs: readonly string[];
}

/** The best first: H.264 costs least to decode, MJPEG most bits. */
const liked = ['h264', 'h265', 'mjpeg'] as const;
/** Lines and tracks that are read; no camera comes near them. */
const most = { lines: 2000, tracks: 16 } as const;

/**
 * The first track of the best codec is chosen: cameras name their main stream first.
 * @param base the URL that the description belongs to (Content-Base, or the requested one). @param asked the requested one
 */
export function readSdp(text: string, base: string, asked: string = base): Presentation {
  const lines = text
    .split(/\r\n|\r|\n/, most.lines)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const starts = lines.flatMap((line, index) => (/^m=/i.test(line) ? [index] : []));
  const session = lines.slice(0, starts[0] ?? lines.length);
  const media = starts.map((start, index) => lines.slice(start, starts[index + 1]));
  const videos = media.filter((part) => /^m=video\b/i.test(part[0] ?? '')).slice(0, most.tracks);
  const formats = videos.flatMap((part) =>
    formatsOf(part).map((format) => ({ ...format, controls: controlsOf(attribute(part, 'control'), base, asked) })),
  );
  const best = liked.flatMap((codec) => formats.find((format) => format.codec === codec) ?? [])[0];
  return {
    control: resolveControl(attribute(session, 'control'), base),
    controls: best?.controls ?? [],
    codecs: formats.map((format) => format.name),
    track: best?.codec && {
      codec: best.codec,
      payload: best.payload,
      clockRate: best.clockRate,
      control: best.controls[0] ?? base,
      sets: best.sets,
      donl: best.donl,
    },
  };
}

function attribute(part: readonly string[], name: string): string | undefined {
  const head = `a=${name}:`;
  return part
    .find((line) => line.slice(0, head.length).toLowerCase() === head)
    ?.slice(head.length)
    .trim();
}
