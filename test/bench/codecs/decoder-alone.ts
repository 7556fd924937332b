/** The agent's decoder alone, without a camera: a picture of each codec in turns, so that what else the machine does costs both the same. */
import type { Codec } from '@nattfrid/agent/codec/codec';
import { type Decoder, openDecoder } from '@nattfrid/agent/decode/decoder';
import { openPool } from '@nattfrid/agent/decode/pool';
import { silent } from '@nattfrid/shared/log/logger';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { drawFilm } from '@nattfrid/stand-ins/test-camera/manners/film';

export interface DecodedAlone {
  readonly codec: Codec;
  /** Of a picture, on average. */
  readonly bytes: number;
  /** Milliseconds from the coded picture, whole in our hands, to the raw one. */
  readonly waits: readonly number[];
}

/** Between two pictures, as a camera with ten a second leaves it to two of them. */
const pause = milliseconds(50);
/** The program is started, and its tables are filled. */
const first = 5;
const startCode = Uint8Array.of(0, 0, 0, 1);

/** @param length seconds */
export async function decodeInTurns(ffmpeg: string, size: string, length: number): Promise<readonly DecodedAlone[]> {
  const stop = new AbortController();
  const codecs = ['h264', 'h265'] as const;
  const runs = await Promise.all(codecs.map((codec) => openRun(codec, size, ffmpeg, stop.signal)));
  try {
    for (let turn = 0; turn < length * 10; turn++)
      for (const run of runs) {
        await run.decode(turn);
        await systemClock.sleep(pause);
      }
    return runs.map(({ codec, bytes, waits }) => ({ codec, bytes, waits: waits.slice(first) }));
  } finally {
    stop.abort();
    await Promise.all(runs.map(({ decoder }) => decoder[Symbol.asyncDispose]()));
  }
}

async function openRun(codec: 'h264' | 'h265', size: string, ffmpeg: string, signal: AbortSignal) {
  const { pictures, sets } = await drawFilm({ codec, size }, ffmpeg);
  const coded = pictures.map(({ key, units }) => {
    const all = key ? [...sets, ...units] : units;
    return { key, data: Buffer.concat(all.flatMap((unit) => [startCode, unit])) };
  });
  const options = { ffmpeg, strict: false, log: silent, pool: openPool(silent), clock: systemClock, stuck: () => {} };
  const decoder: Decoder = openDecoder({ ...options, speed: 'max' }, signal);
  const raw = decoder.pictures()[Symbol.asyncIterator]();
  const waits: number[] = [];
  return {
    ...{ codec, decoder, waits },
    bytes: coded.reduce((sum, { data }) => sum + data.length, 0) / coded.length,
    async decode(turn: number): Promise<void> {
      const { key, data } = coded[turn % coded.length]!;
      const began = elapsed();
      await decoder.feed({ type: 'packet', codec, at: instant(1_000_000 + turn * 100), key, data }, 'look');
      const { value } = await raw.next();
      waits.push(elapsed() - began);
      if (value?.type === 'frame') value[Symbol.dispose]();
    },
  };
}
