/** Pure. How each person stands to the beds, and for how long (debounced posture): lying in one, sitting on one, or away from them. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Identity } from './identity.ts';
import type { Reading } from './posture.ts';
import type { Look } from './sightings.ts';
import { isSeenNow, isSure } from './sure.ts';

/** How one person, who is or was in sight, stands to the beds. */
export interface AtBeds {
  /** Where first seen: somebody who turns up at a bed rose from it. */
  readonly first: Box;
  readonly box: Box;
  readonly seenAt: Instant;
  readonly posture: 'lying-in' | 'sitting-on' | 'off' | 'unclear';
  readonly bed?: number | undefined;
  /** For how long the posture of now has been read. */
  readonly lasts: Duration;
}
export type AtBedsOf = ReadonlyMap<Identity, AtBeds>;

/** A posture read for so long is no flicker. */
const untilSure = seconds(2);

export const isSettled = ({ lasts }: AtBeds): boolean => lasts >= untilSure;

export const isSurelyUp = (one: AtBeds): boolean => one.posture === 'off' && isSettled(one);

/** Whoever is reported now joins those who were known before. */
export function nextAtBeds(before: AtBedsOf, { at, elapsed, sightings, gone }: Look): AtBedsOf {
  const people = new Map(before);
  for (const [who, { person, reading }] of sightings) {
    if (!isSure(person) || !isSeenNow(person)) continue;
    const last = people.get(who);
    const posture = placeOf(reading);
    const same = last?.posture === posture && last.bed === reading.bed;
    people.set(who, {
      first: last?.first ?? person.box,
      box: person.box,
      seenAt: at,
      posture,
      bed: reading.bed,
      lasts: same ? milliseconds(last.lasts + elapsed) : milliseconds(0),
    });
  }
  // Somebody whose place is empty again is not in the bed that they were last seen on.
  for (const { who, why } of gone) {
    const one = people.get(who);
    if (one && why === 'empty') people.set(who, { ...one, bed: undefined });
  }
  return people;
}

function placeOf({ posture }: Reading): AtBeds['posture'] {
  switch (posture) {
    case 'in-bed':
      return 'lying-in';
    case 'on-bed':
      return 'sitting-on';
    case 'upright':
    case 'sitting':
    case 'lying':
    case 'resting':
      return 'off';
    case 'unknown':
      return 'unclear';
  }
}
