/** Pictures through a real encoder and decoder: none is lost or moved in time, and none is as clean as it went in. */

import { expect, it } from 'vitest';
import { type Coded, codedPictures } from '../../simulator/nights/coded-pictures.ts';
import { size } from '../../simulator/nights/sprite.ts';
import { findFfmpeg } from '../../support/ffmpeg.ts';

const ffmpeg = findFfmpeg();
if (!ffmpeg) console.log('SKIPPED: no drawn picture is coded: there is no ffmpeg (NATTFRID_FFMPEG) here.');

const dots = size.width * size.height;
const lost = [0, 7, 8, 59];

/** Each is brighter than the one before, over a texture that is dear to code. */
function* pictures(): Generator<Coded<number>> {
  for (let about = 0; about < 60; about++) {
    const i420 = new Uint8Array(dots * 1.5).fill(128);
    for (let at = 0; at < dots; at++) i420[at] = 40 + 2 * about + ((at * 2654435761) >>> 27);
    yield { about, i420: lost.includes(about) ? undefined : i420 };
  }
}
const mean = (pixels: Uint8Array) => pixels.subarray(0, dots).reduce((sum, one) => sum + one, 0) / dots;

it.skipIf(!ffmpeg)('come back in their order, with the gaps where they were', { timeout: 60_000 }, async () => {
  const seen: Coded<number>[] = [];
  for await (const one of codedPictures(pictures(), 300)) seen.push(one);
  expect(seen.map(({ about }) => about)).toEqual(Array.from({ length: 60 }, (_, at) => at));
  expect(seen.filter(({ i420 }) => !i420).map(({ about }) => about)).toEqual(lost);
  const before = [...pictures()];
  const differing = seen.filter(({ i420 }, at) => i420?.some((pixel, dot) => pixel !== before[at]!.i420![dot]));
  expect(differing.length).toBe(60 - lost.length);
  for (const { about, i420 } of seen)
    if (i420) expect(Math.abs(mean(i420) - mean(before[about]!.i420!))).toBeLessThan(6);
});

it.skipIf(!ffmpeg)('let whoever stops listening go', { timeout: 60_000 }, async () => {
  for await (const { about } of codedPictures(pictures(), 300)) if (about === 20) break;
});
