/** Draws the recording of the live bench, with the time code in each picture. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cellsOf, codeCells, codeHeight, mostCodes } from './time-code.ts';

/** Pictures a second; 640x360 with a key frame each second, as many cameras send. */
export const perSecond = 25;
const longest = Math.floor(mostCodes / perSecond);
/** Milliseconds of one loop of the recording. */
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
  // ffmpeg closes the pipe once it has enough.
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
