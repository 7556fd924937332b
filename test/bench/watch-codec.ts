/** Watches one camera with the agent's own client and decoder for some seconds, alone in its process. Prints JSON. */
import { rtspCamera } from '@nattfrid/agent/camera/rtsp';
import { decode } from '@nattfrid/agent/decode/decode';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock, elapsed } from '@nattfrid/shared/time/clock';
import { loadMeter } from './load-meter.ts';

export interface WatchCodecTask {
  readonly url: string;
  readonly seconds: number;
}

export interface WatchedCodec {
  readonly codecs: readonly string[];
  readonly pictures: number;
  readonly perSecond: number;
  /** Milliseconds from a picture's last packet to the picture, each. */
  readonly waits: readonly number[];
  /** Milliseconds from the call to the first picture. */
  readonly first: number;
  readonly longestHole: number;
  readonly lost: number;
  /** Milliseconds of processor time a picture: the client and what it hands on, and the decoder. */
  readonly client: number;
  readonly decoder: number;
}

const { url, seconds: length }: WatchCodecTask = JSON.parse(process.argv[2] ?? '{}');
const measure = loadMeter();
const ffmpeg = await findFfmpeg(process.env);
const pool = openPool(silent);
const stop = new AbortController();
const came = new Map<number, number>();
const codecs = new Set<string>();
const times: number[] = [];
const waits: number[] = [];
let [lost, atFirst, load] = [0, measure(), measure()];
const called = elapsed();

async function* packets() {
  for await (const one of rtspCamera({ url, clock, log: silent }).open(stop.signal)) {
    if (one.type === 'packet') {
      came.set(one.at, elapsed());
      codecs.add(one.codec);
    }
    yield one;
  }
}

const stage = decode({ ffmpeg, pace: pace(60), log: silent, clock, pool, speed: 'life' });
for await (const one of stage(packets(), stop.signal)) {
  if (one.type === 'gap') {
    lost++;
    continue;
  }
  using frame = one;
  const now = elapsed();
  if (times.length === 0) atFirst = measure();
  // The decoder is gone when the stage has ended: what it has used is read while it runs.
  if (times.length % 5 === 0) load = measure();
  times.push(now);
  const sent = came.get(frame.at);
  if (sent !== undefined) waits.push(now - sent);
  came.delete(frame.at);
  if (now - (times[0] ?? now) > length * 1000) stop.abort();
}
const lasted = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
const pictures = times.length - 1;
const found: WatchedCodec = {
  codecs: [...codecs],
  pictures,
  perSecond: pictures / lasted,
  waits: waits.slice(1),
  first: (times[0] ?? 0) - called,
  longestHole: Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0))),
  lost,
  client: ((load.agent - atFirst.agent) * 1000) / pictures,
  decoder: ((load.decoder - atFirst.decoder) * 1000) / pictures,
};
console.log(JSON.stringify(found));
