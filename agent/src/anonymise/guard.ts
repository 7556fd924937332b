/** Pure. Fails closed: a stale, frozen, dark or blinded picture is not drawn, and the reason is shown instead. */
import type { NoPicture } from '@nattfrid/shared/domain/look';
import type { Observed } from '@nattfrid/shared/domain/observation';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Eyesight } from '../situation/eyesight.ts';

/** An older picture is not live. */
const oldest: Duration = seconds(2);
/** A camera that repeats the same picture for so long has frozen. Shorter than the detectors wait, because a viewer must know at once. */
const longestFrozen: Duration = seconds(5);
const darkest = 0.02;
const flattest = 0.008;

export interface Guard {
  /** Undefined: a picture may be made. */
  why(observation: Observed, eyesight: Eyesight, now: Instant): NoPicture | undefined;
}

export function guard(): Guard {
  let lastAlive: Instant | undefined;
  return {
    why({ at, picture }, eyesight, now) {
      if (picture.alive || lastAlive === undefined || lastAlive > at) lastAlive = at;
      if (now - at > oldest) return 'anonymiser-not-well';
      if (at - lastAlive > longestFrozen) return 'camera-frozen';
      if (eyesight.name === 'blind') return told[eyesight.why];
      if (picture.brightness < darkest && picture.contrast < flattest) return 'camera-dark';
      return undefined;
    },
  };
}

const told: Readonly<Record<Extract<Eyesight, { name: 'blind' }>['why'], NoPicture>> = {
  covered: 'camera-covered',
  dark: 'camera-dark',
  glare: 'camera-glare',
  frozen: 'camera-frozen',
};
