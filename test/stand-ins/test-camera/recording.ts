/** A recording in memory, which the test camera plays in a loop. */
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { nalType, nalTypes, nalUnits } from '@nattfrid/agent/h264/annex-b';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';

export interface Picture {
  /** Milliseconds since the recording's beginning. */
  readonly time: number;
  readonly key: boolean;
  /** NAL units without start codes. */
  readonly units: readonly Uint8Array[];
}

export interface Film {
  readonly pictures: readonly Picture[];
  /** Milliseconds of one loop. */
  readonly length: number;
  readonly sps: Uint8Array;
  readonly pps: Uint8Array;
  /** Index of the keyframe at which every later loop begins; 0 by default. */
  readonly tail?: number;
}

/** The same film, with later loops from the last keyframe at or before this second; below 0: counted from its end. */
export function withTail(film: Film, seconds: number): Film {
  const from = seconds < 0 ? film.length + seconds * 1000 : seconds * 1000;
  const tail = film.pictures.findLastIndex((one) => one.key && one.time <= from);
  return { ...film, tail: Math.max(0, tail) };
}
/** @throws Fault as `replayCamera` does. */
export async function loadFilm(file: string, clock: Clock, log: Logger, signal: AbortSignal): Promise<Film> {
  const pictures: Picture[] = [];
  for await (const packet of replayCamera({ file, clock, start: instant(0), speed: 'max', log }).open(signal))
    pictures.push({ time: packet.at, key: packet.key, units: nalUnits(packet.data) });
  const first = pictures.findIndex((one) => one.key);
  const playable = pictures.slice(Math.max(first, 0));
  const [start = 0, end = 0] = [playable[0]?.time, playable.at(-1)?.time];
  const spacing = playable.length > 1 ? (end - start) / (playable.length - 1) : 100;
  const set = (type: number) => playable[0]?.units.find((unit) => nalType(unit) === type) ?? new Uint8Array(0);
  return {
    pictures: playable.map((one) => ({ ...one, time: one.time - start })),
    length: end - start + spacing,
    sps: set(nalTypes.sps),
    pps: set(nalTypes.pps),
  };
}
