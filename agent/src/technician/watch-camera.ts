/** Watches a camera for a while with the unit's own client, and keeps figures of what comes: no picture, and nothing of one. */
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import type { Camera } from '../camera/camera.ts';
import type { Packet } from '../camera/packet.ts';
import { sizeOf } from '../camera/picture-size.ts';
import type { SeenPicture } from './seen-picture.ts';

export interface Watched {
  /** Host and port. */
  readonly camera: string;
  /** From the call to the first picture; undefined: none came. */
  readonly firstAfter: Duration | undefined;
  /** From the first picture on. */
  readonly length: Duration;
  readonly pictures: readonly SeenPicture[];
  /** What should be set, as the client found it. */
  readonly advice: readonly CameraAdvice[];
  /** Damaged packets. */
  readonly damaged: number;
  /** What else the client warned of. */
  readonly notes: readonly string[];
  /** Each time the camera ended the session after it had sent pictures. */
  readonly hangUps: readonly Fault[];
  /** `factory`: no password, or one that cameras come with. */
  readonly login: 'own' | 'factory';
  /** Why there is no picture at all. */
  readonly refused: Fault | undefined;
}

export interface WatchOptions {
  readonly clock: Clock;
  /** From the first picture on. */
  readonly length: Duration;
  /** For the first picture, while the camera sends something. */
  readonly firstWithin: Duration;
  /** What whoever calls has found of it; `own` by default. */
  readonly login?: Watched['login'];
  readonly progress: (gone: Duration, pictures: number) => void;
}

export type OpenToWatch = (log: Logger, advised: (all: readonly CameraAdvice[]) => void) => Camera;

/** Pictures that are kept in figures at most: ten minutes at 60 a second. */
const mostPictures = 36_000;
const callsApart = seconds(1);

/** Finer than a millisecond is nothing. */
const whole = (length: number): Duration => milliseconds(Math.round(length));

/** A camera that hangs up after pictures is called again, as the unit does at night. @throws nothing that the camera does */
export async function watchCamera(open: OpenToWatch, options: WatchOptions, signal: AbortSignal): Promise<Watched> {
  const { clock, length, firstWithin, login = 'own', progress } = options;
  const began = clock.steady();
  const heard = openHearing();
  const advice = new Set<CameraAdvice>();
  const pictures: SeenPicture[] = [];
  const hangUps: Fault[] = [];
  let first: Duration | undefined;
  let newest = Number.NEGATIVE_INFINITY;
  let refused: Fault | undefined;
  const camera = open(heard.log, (all) => {
    for (const one of all) advice.add(one);
  });

  using over = openEnd(clock, signal);
  over.after(firstWithin);
  const take = (packet: Packet) => {
    if (first === undefined) {
      first = clock.steady();
      over.after(length);
    }
    const { at, codec, key, data } = packet;
    const seen = { arrived: whole(clock.steady() - first), age: milliseconds(clock.now() - at) };
    const size = key ? sizeOf(packet) : undefined;
    if (pictures.length < mostPictures)
      pictures.push({ ...seen, codec, key, bytes: data.length, outOfOrder: at < newest, size });
    newest = Math.max(newest, at);
  };
  using _ticking = clock.every(seconds(1), () =>
    progress(milliseconds(first === undefined ? 0 : clock.steady() - first), pictures.length),
  );
  while (!over.signal.aborted && refused === undefined) {
    try {
      for await (const packet of camera.open(over.signal)) take(packet);
      break;
    } catch (error) {
      const fault = asFault(error);
      if (first === undefined) refused = fault;
      else hangUps.push(fault);
    }
    if (refused === undefined) await clock.sleep(callsApart, over.signal);
  }
  return {
    camera: camera.name,
    firstAfter: first === undefined ? undefined : whole(first - began),
    length: whole(first === undefined ? 0 : Math.min(clock.steady() - first, length)),
    ...{ pictures, hangUps, refused, login, advice: [...advice], damaged: heard.damaged(), notes: heard.notes() },
  };
}

/** A signal that aborts with another one, or when its time is over, which can be set anew. */
function openEnd(clock: Clock, signal: AbortSignal) {
  const end = new AbortController();
  let waiting = new AbortController();
  return {
    signal: AbortSignal.any([signal, end.signal]),
    after(length: Duration) {
      waiting.abort();
      const mine = (waiting = new AbortController());
      void clock.sleep(length, mine.signal).then(() => {
        if (!mine.signal.aborted) end.abort();
      });
    },
    [Symbol.dispose]() {
      waiting.abort();
      end.abort();
    },
  };
}

/** Takes what the client warns of; its advice comes another way as well, and is left out here. */
function openHearing() {
  let damaged = 0;
  const notes = new Set<string>();
  const log: Logger = {
    debug() {},
    info() {},
    warn(sentence, fields = {}) {
      if (typeof fields['many'] === 'number') damaged += fields['many'];
      else if (fields['what'] !== undefined) notes.add(`${sentence} (${fields['what']})`);
    },
    error: (sentence) => void notes.add(sentence),
    child: () => log,
  };
  return { log, damaged: () => damaged, notes: () => [...notes] };
}
