/** One ffmpeg child that encodes: a cleared picture in, an access unit of H.264 out, at once. */
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
   * @returns its access unit; undefined: the encoder is dead and must be replaced.
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
 * Pictures from one key picture to the next: a minute, longer than nearly any look. Whoever needs one sooner is given a new
 * encoder's first; one within a look takes most of a second's bits, and a silhouette needs three seconds to be as good as before.
 */
export const keyframeEvery = 600;
/** A healthy one takes some milliseconds; the first picture waits for the program to start. */
const patience: Duration = seconds(5);
/**
 * As good as that where it can be had with the bits (x264's rate factor), and as much as they give where not: a still room is sharp
 * soon and costs little then, and what changes all at once is not starved for an average.
 */
const goodEnough = 22;
/** What seals and packets add, and the first picture of a short look, make it whole again. */
const share = 0.9;
/** The largest picture is a second's worth of bits at most, and the first one less: what it takes of the link, somebody waits for. */
const firstShare = 0.8;

/** Constrained baseline: every browser's decoder takes it, and no picture waits for a later one. */
const args = ({ kbits, perSecond, width, height }: Shape): readonly string[] => [
  ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', '640x360', '-framerate', `${perSecond}`],
  ...['-probesize', '32', '-analyzeduration', '0', '-i', 'pipe:0', '-map', '0:v:0', '-fps_mode', 'passthrough'],
  ...(width === 640 && height === 360 ? [] : ['-vf', `scale=${width}:${height}:flags=area`]),
  ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'faster', '-tune', 'zerolatency,ssim', '-threads', '1'],
  ...['-g', `${keyframeEvery}`, '-keyint_min', `${keyframeEvery}`, '-sc_threshold', '0'],
  // The blank with which it is warmed, and the first picture after it.
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
  ...['-x264-params', `vbv-init=${firstShare}`],
  ...['-f', 'nut', '-write_index', '0', '-flush_packets', '1', 'pipe:1'],
];

/**
 * The program opens its coder at the first picture, which takes a tenth of a second: it is opened with a blank that nobody is sent,
 * so that the first picture of a look does not wait for it.
 */
const blank = new Uint8Array(640 * 360 * 1.5).fill(128).fill(16, 0, 640 * 360);

/** Its first picture is a key picture. */
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
      // Writing and reading at once: a full pipe on one side must not block the other.
      const unit = warm.then((opened) => (opened ? take(i420) : undefined));
      const done = await Promise.race([unit.catch(() => undefined), late]);
      waited.abort();
      return done;
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

/** The container says the parameter sets once, in its header; we put them in front of each key picture. */
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
