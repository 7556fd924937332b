/** What no build can go below: one picture coded by the unit's own encoder, and decoded by this browser, each asked for by itself. */
import { openEncoder } from '@nattfrid/agent/encode/encoder';
import { ladderFor } from '@nattfrid/agent/encode/shape';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { silent } from '@nattfrid/shared/log/logger';
import { silhouetteCoding } from '@nattfrid/shared/seal/seal-look';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Page } from 'playwright-core';
import { median } from '../sample.ts';

export interface OnePicture {
  /** Milliseconds. */
  readonly coding: number;
  readonly decoding: number;
}

const many = 8;
const startsWithin = milliseconds(700);

/** @param page one in which page/marks.js runs */
export async function measureOnePicture(page: Page): Promise<OnePicture> {
  const ffmpeg = await findFfmpeg(process.env);
  const [times, coded]: [number[], string[]] = [[], []];
  for (let number = 0; number < many; number++) {
    await using encoder = openEncoder(
      { ffmpeg, shape: ladderFor('silhouette')[0], clock, log: silent },
      new AbortController().signal,
    );
    // A look finds its encoder warm.
    await clock.sleep(startsWithin);
    const from = elapsed();
    const unit = await encoder.encode(aRoom(number));
    if (!unit) continue;
    times.push(elapsed() - from);
    coded.push(Buffer.from(unit.data).toString('base64'));
  }
  const { codec } = silhouetteCoding;
  const decoding = (await page.evaluate(`nattfridDecodeEach(${JSON.stringify([codec, coded])})`)) as number[];
  return { coding: median(times), decoding: median(decoding) };
}

/** Edges and noise, as of a room. */
function aRoom(seed: number): Uint8Array {
  const i420 = new Uint8Array(640 * 360 * 1.5).fill(128);
  for (let at = 0; at < 640 * 360; at++) {
    const [x, y] = [at % 640, Math.floor(at / 640)];
    i420[at] = 40 + 50 * ((Math.floor((x + seed) / 90) + Math.floor(y / 70)) % 3) + ((x * 7 + y * 13) % 5);
  }
  return i420;
}
