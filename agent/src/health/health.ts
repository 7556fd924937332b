/** The unit's vitals for the relay (camera state, frame rates, outbox); a camera that stays lost becomes a finding. */
import type { HardToSee } from '@nattfrid/shared/domain/look';
import type { PictureState } from '@nattfrid/shared/domain/observation';
import { openNews } from '@nattfrid/shared/lifetime/news';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { CameraAdvice, Vitals } from '@nattfrid/shared/wire/vitals';
import type { CameraState as KeptState } from '../camera/keep-camera.ts';
import type { Finding } from '../decide/finding.ts';
import type { Eyesight } from '../situation/eyesight.ts';
import { type CameraEvent, cameraWatch } from './camera-watch.ts';
import { loadMeter } from './load-meter.ts';
import { type Meter, meter } from './meter.ts';

/** As `keepCamera` tells it; `resting`: the plan does not watch now. */
export type CameraState = KeptState | 'resting';

export interface Health extends Disposable {
  camera(state: CameraState): void;
  /** What should be set in the camera: all of it, at each change. */
  cameraAdvice(all: readonly CameraAdvice[]): void;
  readonly pictures: ReturnType<typeof meter>;
  readonly analysed: ReturnType<typeof meter>;
  dropped(many: number): void;
  /** The unit's own decoder stands still and is replaced, or gives pictures again. */
  decoderStuck(isStuck: boolean): void;
  /** So long nobody was looked for, because the unit was too slow. */
  missed(length: Duration): void;
  /** Takes how each picture itself is that somebody was looked for in. */
  looked(picture: PictureState): void;
  /** Told of each of them until disposed. */
  listen(heard: (picture: PictureState) => void): Disposable;
  /** Takes the eyesight of each picture. */
  sees(eyesight: Eyesight): void;
  /** Takes each shown picture with a person in it, and the warning that the viewer is shown. */
  legibility(legibility: { readonly legible: boolean }, told: HardToSee | undefined): void;
  /** Something else that the relay should hear of at once has changed. */
  news(): void;
  vitals(): Vitals;
  /** The same, for whoever looks at the unit itself: the next beat is as it would have been. */
  lately(): Vitals;
  /** Resolves at the next change that is sent to the relay at once, or on abort. */
  changed(signal: AbortSignal): Promise<void>;
}

export function openHealth(given: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly found: (finding: Finding) => void;
  readonly outboxDepth: () => number;
  readonly lookOpen: () => boolean;
}): Health {
  const { clock, log, found, outboxDepth, lookOpen } = given;
  const began = clock.now();
  const watch = cameraWatch();
  let watched = watch.initial;
  // Until a plan wants it.
  let camera: CameraState = 'resting';
  let dropped = 0;
  let advice: readonly CameraAdvice[] = [];
  let cannotSee: Vitals['cannotSee'];
  let cannotLook: Vitals['cannotLook'];
  let stuck = false;
  const load = loadMeter();
  let legible = { pictures: 0, hard: 0 };
  let hardToSee: HardToSee | undefined;
  const listeners = new Set<(picture: PictureState) => void>();
  const news = openNews();
  const pictures = meter(began);
  const analysed = meter(began);
  const { tell } = news;
  const step = (event: CameraEvent) => {
    const [next, findings] = watch.step(watched, event);
    watched = next;
    for (const finding of findings) found(finding);
  };
  const look = () => {
    const why = stuck ? 'decoder' : load.isTooMuch ? 'load' : undefined;
    if (why === cannotLook) return;
    cannotLook = why;
    if (why) log.warn('The unit itself cannot look', { why });
    else log.info('The unit can look again');
    tell();
  };
  const ticking = clock.every(seconds(1), () => {
    step({ type: 'tick', at: clock.now() });
    load.second();
    look();
  });
  return {
    camera(state) {
      const told = word(state) !== word(camera) || faultOf(state) !== faultOf(camera);
      // The relay keeps the last fault while the camera is tried again: it says more than «connecting».
      if (state === 'connecting' && typeof camera === 'object') return;
      camera = state;
      const at = clock.now();
      if (typeof state === 'object') step({ type: 'lost', at, code: state.lost.code });
      else if (state !== 'connecting') step({ type: 'connected', at });
      if (!told) return;
      if (state === 'connected') log.info('Camera connected');
      else if (typeof state === 'object') log.warn('Camera lost', { code: state.lost.code, words: state.lost.message });
      tell();
    },
    cameraAdvice(all) {
      advice = all;
      tell();
    },
    pictures,
    analysed,
    dropped: (many) => void (dropped += many),
    decoderStuck(isStuck) {
      stuck = isStuck;
      look();
    },
    missed: load.missed,
    looked(picture) {
      for (const heard of listeners) heard(picture);
    },
    listen(heard) {
      listeners.add(heard);
      return { [Symbol.dispose]: () => void listeners.delete(heard) };
    },
    sees(eyesight) {
      const why = whyNot(eyesight);
      if (why === cannotSee) return;
      cannotSee = why;
      if (why) log.warn('The camera gives pictures in which nobody could be found', { why });
      else log.info('The camera sees again');
      tell();
    },
    legibility(one, told) {
      legible = { pictures: legible.pictures + 1, hard: legible.hard + (one.legible ? 0 : 1) };
      if (told && told !== hardToSee) log.warn('A person in the picture is hard to make out', { why: told });
      hardToSee = told;
    },
    news: tell,
    vitals: () => now((by, at) => by.perSecond(at)),
    lately: () => now((by, at) => by.lately(at)),
    changed: news.next,
    [Symbol.dispose]: () => ticking[Symbol.dispose](),
  };

  function now(rate: (by: Meter, at: Instant) => number): Vitals {
    const at = clock.now();
    const fault = faultOf(camera);
    return {
      uptimeSeconds: Math.max(0, (at - began) / 1000),
      camera: word(camera),
      ...(fault ? { cameraFault: fault } : {}),
      ...(advice.length > 0 ? { cameraAdvice: advice } : {}),
      ...(cannotSee && word(camera) === 'connected' ? { cannotSee } : {}),
      ...(cannotLook && word(camera) === 'connected' ? { cannotLook } : {}),
      picturesPerSecond: rate(pictures, at),
      analysedPerSecond: rate(analysed, at),
      droppedPictures: dropped,
      outboxDepth: outboxDepth(),
      memoryMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
      lookOpen: lookOpen(),
      ...(legible.pictures > 0 ? { legibility: { ...legible, ...(hardToSee ? { why: hardToSee } : {}) } } : {}),
    };
  }
}

const word = (state: CameraState): Vitals['camera'] => (typeof state === 'object' ? 'lost' : state);
const faultOf = (state: CameraState): string | undefined => (typeof state === 'object' ? state.lost.code : undefined);

function whyNot(eyesight: Eyesight): Vitals['cannotSee'] {
  switch (eyesight.name) {
    case 'sees':
      return undefined;
    case 'astray':
      return 'moved';
    case 'blind':
      return eyesight.why;
  }
}
