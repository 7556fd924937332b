/** Pure. Whether a picture can be trusted to show who is there (camera tamper detection by thresholds). A useless one counts as if nobody had looked. */
import type { EvidenceCode } from '@nattfrid/shared/domain/evidence-code';
import type { Observed, PictureState } from '@nattfrid/shared/domain/observation';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export type WhyUseless = EvidenceCode<'blind'> & ('covered' | 'dark' | 'glare' | 'frozen' | 'moved');

export type Eyesight =
  | { readonly name: 'sees' }
  /** The camera has been turned: people are still seen, but beds and exits are not where they are marked. */
  | { readonly name: 'astray' }
  | { readonly name: 'blind'; readonly why: Exclude<WhyUseless, 'moved'> };

/**
 * Infrared night pictures are dim, but have a lamp's contrast; these are pictures in which nobody could be found. Of the room's
 * outlines three fifths and more still stand when a lamp goes on, when infrared takes over, when a curtain is opened; a quarter
 * and less when the camera has been turned by a fifth of the picture.
 */
export const limits = {
  dark: 0.06,
  flat: 0.03,
  /** So flat, and with the outlines gone: a cloth lets some light through. */
  veiled: 0.12,
  burnt: 0.4,
  burntWithoutOutlines: 0.2,
  gone: 0.2,
  elsewhere: 0.35,
} as const;

/** A camera may repeat a picture while nothing changes in it. Longer than this, and what it shows may long be over. */
export const longestRepeated = seconds(45);

export interface Watched {
  readonly eyesight: Eyesight;
  /** When the picture last differed from the one before; undefined: nobody has looked yet. */
  readonly lastAlive?: Instant;
}
export const notWatched: Watched = { eyesight: { name: 'sees' } };

export function nextWatched(before: Watched, { at, picture }: Observed): Watched {
  const last = before.lastAlive;
  const lastAlive = picture.alive || last === undefined || last > at ? at : last;
  const why = whyUseless(picture);
  return { lastAlive, eyesight: eyesightOf(why === 'frozen' ? undefined : why, at - lastAlive > longestRepeated) };
}

function eyesightOf(why: Exclude<WhyUseless, 'frozen'> | undefined, frozen: boolean): Eyesight {
  if (frozen) return { name: 'blind', why: 'frozen' };
  switch (why) {
    case undefined:
      return { name: 'sees' };
    case 'moved':
      return { name: 'astray' };
    case 'covered':
    case 'dark':
    case 'glare':
      return { name: 'blind', why };
  }
}

/** Why this picture alone is of no use. @returns undefined: it can be used. */
export function whyUseless({ brightness, contrast, alive, burnt = 0, alike }: PictureState): WhyUseless | undefined {
  const without = (limit: number) => alike !== undefined && alike < limit;
  if (brightness < limits.dark && contrast < 2 * limits.flat) return 'dark';
  if (burnt >= limits.burnt || (burnt >= limits.burntWithoutOutlines && without(limits.elsewhere))) return 'glare';
  if (contrast < limits.flat || (contrast < limits.veiled && without(limits.gone))) return 'covered';
  if (!alive) return 'frozen';
  return without(limits.elsewhere) ? 'moved' : undefined;
}
