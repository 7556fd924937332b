/**
 * Pure. What a bed that nobody was seen to go to says by its looks (evidence accumulation with refutation): taken, where it looks as if
 * somebody lay in it, and something in it breathes or stirs. Looks alone are believed for a moment when the watching begins, because an
 * unmade bed looks so too.
 */
import type { BedSight } from '@nattfrid/shared/domain/observation';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { AtBeds } from './at-beds.ts';
import type { Bed, BedState, Seems } from './bed.ts';
import { leastLife, settlesIn } from './breathing.ts';

/**
 * Least likeness of somebody in it where nothing else says so; for a moment; and where something in it lives, as in no doll nor heap: an
 * empty cot has reached 0.33, and sleepers under a blanket who were seen along the floor in true infrared no more than a quarter.
 */
const [bodyAlone, bodyIfWeak, bodyThatLives] = [0.36, 0.28, 0.2];
/** Looks alone begin it only so soon, and hold for less than it takes to count as gone to bed; weak ones until something would be felt. */
const [begins, believed, believedIfWeak] = [seconds(15), seconds(45), seconds(6)];
/** What has moved is felt for so long after somebody has walked by; if they moved the bed itself, for `settlesIn`. */
const settles = seconds(15);
/** Held for so long after the last sign of life; for less where it does not look so any more. */
const [stillAsAHeap, looksEmpty] = [minutes(20), minutes(2)];

/** The bed as it is known without its looks. */
export const withoutLooks = (bed: Bed): Bed =>
  bed.state.why === 'looks-taken' ? { ...bed, state: { ...bed.state, name: 'unknown', why: 'nothing-seen' } } : bed;

interface Around {
  readonly at: Instant;
  readonly sight: BedSight | undefined;
  readonly heavedAt: Instant | undefined;
  /** Everybody who is surely seen now. */
  readonly others: readonly AtBeds[];
}

/** @param found what is known without its looks, which overrule only that somebody is up elsewhere, and that where the bed lives. */
export function byLooks<Found extends Pick<BedState, 'name' | 'why'>>(
  { seems: before, risen, state: { why } }: Bed,
  found: Found,
  { at, sight, heavedAt, others }: Around,
): readonly [Seems, Found | Pick<BedState, 'name' | 'why'>] {
  const seems = { ...(before ?? { from: at }) };
  const not = <Told>(told: Told): readonly [Seems, Told] => [{ ...seems, since: undefined, most: undefined }, told];
  const { body = 0, lives = 0 } = sight ?? {};
  const looksSo = body >= bodyIfWeak;
  const isAnybodyUp = others.some(({ posture }) => posture !== 'lying-in');
  if (isAnybodyUp) seems.upAt = at;
  const isAlone = seems.upAt === undefined || at - seems.upAt >= settles;
  if (looksSo) seems.lookedTakenAt = at;
  if (isAlone && !isUnsettled(seems, heavedAt, at) && body >= bodyThatLives && lives >= leastLife) seems.livedAt = at;
  if (why === 'looks-taken' && risen) return not({ name: 'not-in-bed', why: 'left' });
  const isAnother = found.why === 'seen-elsewhere' && seems.since !== undefined && looksSo;
  if ((found.name !== 'unknown' && !isAnother) || found.why === 'looks-empty') return not(found);
  // Whoever is up may be the one for whom the bed was taken, unless it lives without them.
  if (isAnybodyUp && seems.livedAt === undefined) return not(found);
  const isNew = isAlone && looksSo && at - seems.from < begins;
  const starts = (isNew && (body >= bodyAlone || at - seems.from < believedIfWeak)) || seems.livedAt === at;
  const since = seems.since ?? (starts ? at : undefined);
  if (since === undefined) return not(found);
  const held = { ...seems, since, most: Math.max(seems.most ?? 0, body) };
  return isHeld(held, at) ? [held, { name: 'in-bed', why: 'looks-taken' }] : not(found);
}

/** Somebody who was up has moved it not long ago, and may have left a blanket that goes on settling. */
const isUnsettled = ({ upAt }: Seems, heavedAt: Instant | undefined, at: Instant): boolean =>
  upAt !== undefined && heavedAt !== undefined && heavedAt >= upAt - settles && at - heavedAt < settlesIn;

function isHeld(seems: Seems & { readonly since: Instant }, at: Instant): boolean {
  const { since, livedAt, lookedTakenAt, most = 0 } = seems;
  if (livedAt === undefined) return at - since < (most >= bodyAlone ? believed : believedIfWeak);
  const looksSo = lookedTakenAt !== undefined && at - lookedTakenAt < looksEmpty;
  return at - livedAt < (looksSo ? stillAsAHeap : looksEmpty);
}
