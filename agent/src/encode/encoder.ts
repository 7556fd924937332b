/** One ffmpeg child that encodes without delay (x264, zerolatency): a cleared picture in, an H.264 access unit out. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { type Nut, openNut } from '../ffmpeg/nut.ts';
import { type Child, startFfmpeg } from '../ffmpeg/process.ts';
import { nalUnits } from '../h264/annex-b.ts';
import { type AccessUnit, accessUnit, type ParameterSets, rememberSets } from '../h264/parameter-sets.ts';
import type { Shape } from './shape.ts';

export interface Encoder extends AsyncDisposable {
  /**
   * @param i420 640 x 360, as in a ClearedPicture. One at a time.
   * @returns its access unit; undefined: the encoder is dead and must be replaced
   */
  encode(i420: Uint8Array): Promise<AccessUnit | undefined>;
  readonly ended: Promise<Fault | undefined>;
}

export interface EncoderOptions {
  readonly ffmpeg: string;
  readonly shape: Shape;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Keyframe interval in pictures: a minute, longer than nearly any look. A viewer who needs one sooner gets a new encoder's first; a
 * keyframe within a look takes most of a second's bits, and a silhouette is as good as before only after three seconds.
 */
export const keyframeEvery = 600;
/** Timeout of one picture. A healthy encoder takes some milliseconds; the first picture waits for the program to start. */
const patience: Duration = seconds(5);
/**
 * Constant rate factor, capped by the bit rate: a still room is soon sharp and costs little, and a sudden change is not starved for
 * an average.
 */
const goodEnough = 22;
/** Share of the step's bit rate for the encoder; seals and packets, and the keyframe of a short look, take the rest. */
const share = 0.9;
/**
 * Initial fullness of the rate buffer, which holds a second of bits: it bounds the first picture, which a viewer waits for, to about so many
 * kbit. The pictures after it bring the detail.
 */
const [firstShare, firstKbits] = [0.8, 40];

/** Constrained baseline profile: every browser decodes it, and without B-frames no picture waits for a later one. */
const args = ({ kbits, perSecond, width, height }: Shape): readonly string[] => [
  ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', '640x360', '-framerate', `${perSecond}`],
  ...['-probesize', '32', '-analyzeduration', '0', '-i', 'pipe:0', '-map', '0:v:0', '-fps_mode', 'passthrough'],
  ...(width === 640 && height === 360 ? [] : ['-vf', `scale=${width}:${height}:flags=area`]),
  ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'faster', '-tune', 'zerolatency,ssim', '-threads', '1'],
  ...['-g', `${keyframeEvery}`, '-keyint_min', `${keyframeEvery}`, '-sc_threshold', '0'],
  // Keyframes: the blank of the warm-up, and the first picture after it.
  ...['-force_key_frames', 'expr:lte(n,1)', '-forced-idr', '1'],
  ...['-color_range', 'tv', '-colorspace', 'smpte170m', '-color_primaries', 'smpte170m', '-color_trc', 'smpte170m'],
  ...[
    '-crf',
    `${goodEnough}`,
    '-maxrate',
    `${Math.round(kbits * share)}k`,
    '-bufsize',
    `${Math.round(kbits * share)}k`,
  ],
  ...['-x264-params', `vbv-init=${Math.min(firstShare, firstKbits / (kbits * share)).toFixed(2)}`],
  ...['-f', 'nut', '-write_index', '0', '-flush_packets', '1', 'pipe:1'],
];

/**
 * Warm-up picture, sent to nobody: ffmpeg opens its encoder at the first picture, which takes a tenth of a second that the first picture
 * of a look must not wait.
 */
const blank = new Uint8Array(640 * 360 * 1.5).fill(128).fill(16, 0, 640 * 360);

/** The first picture is a keyframe. */
export function openEncoder({ ffmpeg, shape, clock, log }: EncoderOptions, signal: AbortSignal): Encoder {
  const child = startFfmpeg({ ffmpeg, args: args(shape), what: 'encoder', log }, signal);
  const out = reader(child);
  const take = (i420: Uint8Array) => child.write(i420).then((taken) => (taken ? out.next() : undefined));
  const warm = take(blank).catch(() => undefined);
  return {
    ended: child.ended,
    async encode(i420) {
      const waited = new AbortController();
      const late = clock.sleep(patience, waited.signal).then(() => undefined);
      // Writes and reads at once: a full pipe on one side must not block the other.
      const unit = warm.then((opened) => (opened ? take(i420) : undefined));
      const done = await Promise.race([unit.catch(() => undefined), late]);
      waited.abort();
      return done;
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

/** Reads access units; the container has the parameter sets once, in its header, and they are put in front of each keyframe. */
function reader(child: Child) {
  let nut: Nut | undefined;
  let sets: ParameterSets = {};
  return {
    async next(): Promise<AccessUnit | undefined> {
      if (!nut) {
        nut = await openNut(child.output);
        sets = rememberSets(sets, nalUnits(nut?.stream.codecData ?? new Uint8Array(0)));
      }
      const frame = await nut?.next();
      if (!frame) return undefined;
      const units = nalUnits(frame.data);
      sets = rememberSets(sets, units);
      return accessUnit(sets, units);
    },
  };
}
