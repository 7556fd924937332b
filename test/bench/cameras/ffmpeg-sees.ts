/** A camera as `ffmpeg -rtsp_transport tcp` sees it, which is started again a second after it has ended. */
import { startFfmpeg } from '@nattfrid/agent/ffmpeg/process';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { openSeeing, type Seen } from './seeing.ts';
import type { SeeOptions } from './unit-sees.ts';
import { isWhole } from './whole.ts';

const [width, height] = [64, 48];
/** Where nothing came of it so often, it is left. */
const mostFailures = 4;

/** @param signal ends it */
export async function ffmpegSees(url: string, { ffmpeg, clock }: SeeOptions, signal: AbortSignal): Promise<Seen> {
  const seeing = openSeeing(clock.steady);
  const args = [
    ...['-rtsp_transport', 'tcp', '-i', url, '-an', '-fps_mode', 'passthrough'],
    ...['-vf', `scale=${width}:${height}:flags=neighbor,format=gray`, '-f', 'rawvideo', 'pipe:1'],
  ];
  for (let failures = 0; !signal.aborted && failures < mostFailures; ) {
    let rest = Buffer.alloc(0);
    let pictures = 0;
    await using child = startFfmpeg({ ffmpeg, args, what: 'comparison', log: silent }, signal);
    child.finish();
    try {
      for await (const chunk of child.output) {
        rest = Buffer.concat([rest, chunk as Buffer]);
        for (; rest.length >= width * height; rest = rest.subarray(width * height)) {
          pictures++;
          if (!signal.aborted) seeing.picture(isWhole(rest, width, height));
        }
      }
    } catch {
      // It was killed: that is the end of the watching.
    }
    failures = pictures > 0 ? 0 : failures + 1;
    if (!signal.aborted) await systemClock.sleep(seconds(1), signal);
  }
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  return seeing.seen();
}
