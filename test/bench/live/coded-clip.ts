/** A recording for the test camera in which each picture bears its number; coded once, before anything is measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cellsOf, codeCells, codeHeight, mostCodes } from './time-code.ts';

/** As many cameras give: 640x360, 25 a second, a key picture each second. */
export const perSecond = 25;
const longest = Math.floor(mostCodes / perSecond);
/** Milliseconds of one turn. */
export const turnLength = longest * 1000;

/** @param source anything that ffmpeg reads; its first 40 seconds are taken. @throws Error where ffmpeg fails. */
export async function drawCodedClip(ffmpeg: string, source: string, target: string): Promise<void> {
  const cells = Buffer.concat(Array.from({ length: mostCodes }, (_, number) => cellsOf(number)));
  const args = [
    ...['-v', 'error', '-y', '-stream_loop', '-1', '-t', String(longest), '-i', source],
    ...[
      '-f',
      'rawvideo',
      '-pix_fmt',
      'gray',
      '-video_size',
      `${codeCells}x1`,
      '-framerate',
      String(perSecond),
      '-i',
      'pipe:0',
    ],
    ...['-filter_complex', graph, '-map', '[out]', '-frames:v', String(longest * perSecond), '-an'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-profile:v',
      'main',
      '-bf',
      '0',
      '-crf',
      '23',
      '-pix_fmt',
      'yuv420p',
    ],
    ...['-g', String(perSecond), '-keyint_min', String(perSecond), '-sc_threshold', '0', target],
  ];
  const child = spawn(ffmpeg, args, { stdio: ['pipe', 'inherit', 'inherit'] });
  // It takes no more than it needs, and hangs up.
  child.stdin.on('error', () => {});
  child.stdin.end(cells);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`ffmpeg could not draw the recording with the time code: it ended with ${code}`);
}

const graph = [
  `[0:v]fps=${perSecond},scale=640:360:force_original_aspect_ratio=increase,crop=640:360,setsar=1,format=yuv420p[film]`,
  `[1:v]scale=640:${codeHeight}:flags=neighbor,setsar=1,format=yuv420p[code]`,
  `[film][code]overlay=0:H-h:shortest=1[out]`,
].join(';');
