/** Prints the age of pictures when they are opened at the viewer's end, over emulated links of several kinds. */
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { openProgress } from '@nattfrid/simulator/progress';
import { framesOf } from './link/clip-frames.ts';
import { linkCases } from './link/link-case.ts';
import { measureLink } from './link/measure-link.ts';
import { printCase } from './link/print-case.ts';

/** @param length seconds of each case @param clip what is shown, as it is: the most that a look can cost */
export async function benchLink(clip: string, length: number): Promise<void> {
  const ffmpeg = await findFfmpeg(process.env);
  const frames = await framesOf(ffmpeg, clip);
  console.log(`${clip}, ${length} s each; age in ms from the picture's moment to its being opened at the viewer's end`);
  console.log(
    `${'link'.padEnd(24)}${['median', '95th', 'most', 'pictures/s', 'kbit/s', 'longest gap'].map((head) => head.padStart(12)).join('')}   steps`,
  );
  using progress = openProgress();
  for (const [index, one] of linkCases.entries()) {
    progress.report(`link ${index + 1} of ${linkCases.length}: ${one.name}`, index / linkCases.length);
    const result = await measureLink(one, frames, ffmpeg, length);
    progress.clear();
    printCase(one, result);
  }
}
