/** Bit rate and SSIM of cleared pictures through the unit's own encoder and a decoder. */
import type { ClearedPicture } from '@nattfrid/agent/anonymise/cleared';
import { encoder } from '@nattfrid/agent/encode/encode';
import { ladderFor } from '@nattfrid/agent/encode/shape';
import { openNut } from '@nattfrid/agent/ffmpeg/nut';
import { startFfmpeg } from '@nattfrid/agent/ffmpeg/process';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { silent } from '@nattfrid/shared/log/logger';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { ssim } from './ssim.ts';

export interface CodedFigures {
  readonly pictures: number;
  readonly bytes: number;
  /** At ten pictures a second. */
  readonly kbits: number;
  /** Mean over all pictures, and the worst tenth's upper bound. */
  readonly ssim: number;
  readonly ssimTenth: number;
}

const perSecond = 10;

/** @param mode the encoder runs at the first step of its ladder */
export async function codedFigures(
  pictures: AsyncIterable<ClearedPicture>,
  mode: Mode,
  ffmpeg: string,
): Promise<CodedFigures> {
  const { signal } = new AbortController();
  const waiting: Uint8Array[] = [];
  async function* remembered(): AsyncGenerator<ClearedPicture> {
    for await (const one of pictures) {
      waiting.push(one.i420.subarray(0, one.width * one.height));
      yield one;
    }
  }
  const args = ['-f', 'h264', '-framerate', `${perSecond}`, '-i', 'pipe:0', '-fps_mode', 'passthrough'];
  const out = ['-f', 'nut', '-c:v', 'rawvideo', '-pix_fmt', 'yuv420p', '-write_index', '0', 'pipe:1'];
  await using decoder = startFfmpeg(
    { ffmpeg, args: [...args, ...out], what: 'decoder of the bench', log: silent },
    signal,
  );
  const alike: number[] = [];
  const reading = (async () => {
    const nut = await openNut(decoder.output);
    for (let one = await nut?.next(); one; one = await nut?.next())
      alike.push(ssim(waiting.shift()!, one.data.subarray(0, 640 * 360), 640, 360));
  })();
  let bytes = 0;
  // The clock stands still, so that a slow machine does not lower the rate.
  const { stage } = encoder({ ffmpeg, shape: ladderFor(mode)[0], clock: movedClock(), log: silent });
  for await (const one of stage(remembered(), signal)) {
    if (one.type !== 'coded') throw new Error(`The encoder gave no picture: ${one.why}`);
    bytes += one.data.length;
    await decoder.write(one.data);
  }
  decoder.finish();
  await reading;
  const sorted = alike.toSorted((a, b) => a - b);
  const kbits = alike.length === 0 ? 0 : (bytes * 8) / 1000 / (alike.length / perSecond);
  const mean = alike.reduce((sum, one) => sum + one, 0) / Math.max(1, alike.length);
  return { pictures: alike.length, bytes, kbits, ssim: mean, ssimTenth: sorted[Math.floor(sorted.length / 10)] ?? 0 };
}
