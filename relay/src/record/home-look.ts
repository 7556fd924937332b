/** Pure. The look into one home as a noun: the look that leads, and the looks on the home's other cameras. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { KnownLook, Look } from './look.ts';

export interface HomeLook {
  /** Answers for the home: its verdict ends all the others, and the home's retry and visit are its own. */
  readonly lead: Look;
  /** The looks beside it, ordered by unit; those of earlier openings are done. */
  readonly cameras: readonly KnownLook[];
}

export const noHomeLook: HomeLook = { lead: { name: 'none' }, cameras: [] };

export const all = ({ lead, cameras }: HomeLook): readonly KnownLook[] =>
  lead.name === 'none' ? cameras : [lead, ...cameras];

/** Beside the lead, and not yet done. */
export const standing = ({ cameras }: HomeLook): readonly KnownLook[] => cameras.filter(({ name }) => name !== 'done');

/** Without those of earlier openings. */
export const inThisOpening = (home: HomeLook): readonly KnownLook[] =>
  home.lead.name === 'none' ? standing(home) : [home.lead, ...standing(home)];

export const lookIn = (home: HomeLook, look: LookId): Look =>
  all(home).find(({ facts }) => facts.look === look) ?? { name: 'none' };

/** The first look of a home leads; any other that is new stands beside it. */
export function withLook({ lead, cameras }: HomeLook, look: KnownLook): HomeLook {
  const isSame = (one: Look) => one.name === 'none' || one.facts.look === look.facts.look;
  if (isSame(lead)) return { lead: look, cameras };
  const known = cameras.some(isSame);
  return { lead, cameras: known ? cameras.map((one) => (isSame(one) ? look : one)) : [...cameras, look] };
}

/** The looks that are not as they were before. */
export function changed(before: HomeLook, now: HomeLook): readonly KnownLook[] {
  const known = new Set<Look>(all(before));
  return all(now).filter((look) => !known.has(look));
}
