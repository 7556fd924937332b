/** One ffmpeg child that encodes: cleared pictures in, access units out, without a picture's delay. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { ClearedPicture } from '../anonymise/cleared.ts';
import { openNut } from '../ffmpeg/nut.ts';
import { startFfmpeg } from '../ffmpeg/process.ts';
import type { Coded } from './coded.ts';

export type CodedPicture = Extract<Coded, { type: 'coded' }>;

export interface Coder extends AsyncDisposable {
  /** False: the child is gone. The first picture becomes a key picture, then one each second. */
  feed(picture: ClearedPicture): Promise<boolean>;
  /** Every picture that was fed, in order; ends with the child. */
  pictures(): AsyncIterable<CodedPicture>;
  readonly ended: Promise<Fault | undefined>;
}

export const size = { width: 640, height: 360, perSecond: 10 } as const;

/**
 * Constrained baseline, so that every decoder can; superfast and zerolatency: 1 ms a picture. Parameter sets before each key
 * picture, and no reference over it, so that a viewer can begin at any.
 */
const args = (kbits: number): readonly string[] => [
  ...['-probesize', '32', '-analyzeduration', '0', '-f', 'rawvideo', '-pix_fmt', 'yuv420p'],
  ...['-s', `${size.width}x${size.height}`, '-framerate', `${size.perSecond}`, '-i', 'pipe:0'],
  ...['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-threads', '1'],
  ...['-b:v', `${kbits}k`, '-maxrate', `${Math.round(kbits * 1.5)}k`, '-bufsize', `${kbits}k`],
  ...['-color_range', 'tv', '-colorspace', 'smpte170m', '-color_primaries', 'smpte170m', '-color_trc', 'smpte170m'],
  ...[
    '-x264-params',
    `keyint=${size.perSecond}:min-keyint=${size.perSecond}:scenecut=0:repeat-headers=1:aud=1:sliced-threads=0`,
  ],
  ...['-fps_mode', 'passthrough', '-f', 'nut', '-write_index', '0', '-flush_packets', '1', 'pipe:1'],
];

export function openCoder(ffmpeg: string, kbits: number, log: Logger, signal: AbortSignal): Coder {
  const child = startFfmpeg({ ffmpeg, args: args(kbits), what: 'encoder', log }, signal);
  const times: Instant[] = [];
  return {
    ended: child.ended,
    feed(picture) {
      times.push(picture.at);
      return child.write(picture.i420);
    },
    async *pictures() {
      const nut = await openNut(child.output);
      for (let got = await nut?.next(); nut && got; got = await nut.next()) {
        const at = times.shift();
        if (at !== undefined) yield { type: 'coded', at, key: got.key, data: got.data };
      }
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
