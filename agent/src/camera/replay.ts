/** A recording as a camera: in real time, or as fast as it is read. */
import { basename } from 'node:path';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { findFfmpeg } from '../ffmpeg/find.ts';
import { fit } from '../ffmpeg/fit.ts';
import { openNut } from '../ffmpeg/nut.ts';
import { startFfmpeg } from '../ffmpeg/process.ts';
import { nalUnits } from '../h264/annex-b.ts';
import { accessUnit, rememberSets } from '../h264/parameter-sets.ts';
import type { Camera } from './camera.ts';
import type { Packet } from './packet.ts';
import { lookInto, type Recording, readingArgs } from './recording.ts';

export interface ReplayOptions {
  readonly file: string;
  readonly clock: Clock;
  /** The instant of the recording's first moment. */
  readonly start: Instant;
  /** `life`: each packet at its time by the clock. `max`: as soon as it is read. */
  readonly speed: 'life' | 'max';
  /** Seconds for which the last picture is held after the end: ten packets a second without data, see `Packet`. */
  readonly holdSeconds?: number;
  /** Plays in a loop; the time goes on. */
  readonly loop?: boolean;
  /** Path of the program; `findFfmpeg` by default. */
  readonly ffmpeg?: string;
  readonly log?: Logger;
}

/** Packets in display order, `at` in whole milliseconds. Throws the Faults of `lookInto`, and `file-unreadable` where no picture comes. */
export function replayCamera(options: ReplayOptions): Camera {
  return {
    name: basename(options.file),
    async *open(signal) {
      const { clock, start, speed } = options;
      const began = clock.now();
      try {
        for await (const packet of turns(options, signal)) {
          const wait = began + (packet.at - start) - clock.now();
          if (speed === 'life') await clock.sleep(milliseconds(Math.max(0, wait)), signal);
          if (signal.aborted) return;
          yield packet;
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}

async function* turns(options: ReplayOptions, signal: AbortSignal): AsyncGenerator<Packet, void> {
  const ffmpeg = options.ffmpeg ?? (await findFfmpeg(process.env));
  const recording = await lookInto(options.file, ffmpeg, options.log ?? silent, signal);
  let start = options.start;
  do {
    const end = yield* once(recording, ffmpeg, start, options, signal);
    if (signal.aborted) return;
    if (end === undefined)
      throw new Fault('file-unreadable', `The file ${options.file} is broken: no picture could be read from it.`);
    start = end;
  } while (options.loop);
}

/** @returns the instant of the picture that would follow the last; undefined where there was none */
async function* once(
  { file, way }: Recording,
  ffmpeg: string,
  start: Instant,
  { holdSeconds = 0, log = silent }: ReplayOptions,
  signal: AbortSignal,
): AsyncGenerator<Packet, Instant | undefined> {
  const args = [...readingArgs(file), ...ways[way], '-f', 'nut', '-write_index', '0', 'pipe:1'];
  await using child = startFfmpeg({ ffmpeg, args, what: 'recording', log }, signal);
  child.finish();
  const nut = await openNut(child.output);
  let sets = rememberSets({}, nalUnits(nut?.stream.codecData ?? new Uint8Array(0)));
  let last: Instant | undefined;
  let spacing: Duration = milliseconds(100);
  for (let frame = await nut?.next(); frame; frame = await nut?.next()) {
    const units = nalUnits(frame.data);
    sets = rememberSets(sets, units);
    const unit = accessUnit(sets, units);
    if (!unit) continue;
    const at = instant(Math.round(start + frame.time));
    if (last !== undefined) spacing = milliseconds(Math.max(1, Math.min(at - last, 1000)));
    last = at;
    yield { type: 'packet', at, codec: 'h264', ...unit };
  }
  if (signal.aborted || last === undefined) return undefined;
  const fault = await child.ended;
  if (fault) log.warn('the recording breaks off', { why: fault.message });
  yield* held(last, seconds(holdSeconds));
  return after(last, milliseconds(Math.max(spacing, holdSeconds * 1000)));
}

const ways: Record<Recording['way'], readonly string[]> = {
  copy: ['-c', 'copy', '-bsf:v', 'h264_mp4toannexb'],
  // Scaled as the decoder scales afterwards; the crf is low enough that the models see no difference.
  transcode: [
    ...['-vf', fit, '-fps_mode', 'vfr', '-enc_time_base', '1:1000', '-c:v', 'libx264', '-preset', 'ultrafast'],
    ...['-tune', 'zerolatency', '-crf', '12', '-bf', '0', '-threads', '1'],
    ...['-force_key_frames', 'expr:gte(t,n_forced)'],
  ],
};

const holdPeriod = milliseconds(100);

function* held(last: Instant, length: Duration): Generator<Packet> {
  for (let time = holdPeriod as number; time <= length; time += holdPeriod)
    yield { type: 'packet', at: after(last, milliseconds(time)), codec: 'h264', key: false, data: new Uint8Array(0) };
}
