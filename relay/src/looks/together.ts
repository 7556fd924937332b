/** Pure. Which of a home's cameras leads, and how the lead passes from one to another. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { type HomeLook, standing } from '../record/home-look.ts';
import { isLive, type KnownLook, type LookFacts } from '../record/look.ts';

/** A picture of it has been handed to the operator. */
export const hasShown = (look: KnownLook): boolean =>
  (look.name === 'open' || look.name === 'awaiting-verdict') && look.shown.firstPictureAt !== undefined;

/** How much can still come of a look: 3 something was seen, 2 it is open, 1 the unit has been asked, 0 nothing. */
function promise(look: KnownLook): number {
  if (hasShown(look)) return 3;
  if (look.name === 'open') return 2;
  return isLive(look) ? 1 : 0;
}

/**
 * The look that should lead instead; undefined: the lead stays. As long as one camera of a home can show something, a camera that
 * cannot sends nobody out at night. The look for an alarm is always led by the camera that raised it.
 */
export function heirOf(home: HomeLook): KnownLook | undefined {
  const { lead } = home;
  if (lead.name === 'none' || lead.facts.reason.type === 'alarm' || lead.facts.beside !== undefined) return undefined;
  let best: KnownLook = lead;
  for (const look of standing(home)) if (promise(look) > promise(best)) best = look;
  return best === lead ? undefined : best;
}

/**
 * The heir leads from now on, and owes what the old lead owed; the old lead stands beside it.
 * @returns the home without the looks of earlier openings, which stay with the old lead
 */
export function handOver(home: HomeLook, lead: KnownLook, heir: KnownLook): HomeLook & { readonly lead: KnownLook } {
  const others = standing(home).filter((look) => look.facts.look !== heir.facts.look);
  return {
    lead: { ...heir, facts: leading(heir.facts, lead.facts) },
    cameras: [lead, ...others].map((look) => ({ ...look, facts: following(look.facts, heir.facts.look) })),
  };
}

function leading({ beside: _lead, ...own }: LookFacts, from: LookFacts): LookFacts {
  const { origin, attempt, dueFrom, dueUntil, closes, retryAfter, visit, look } = from;
  const owed = { origin, attempt, dueFrom, dueUntil, closes, retryAfter, ...(visit && { visit }) };
  return { ...own, ...owed, tookOverFrom: from.tookOverFrom ?? look };
}

function following({ visit: _owed, tookOverFrom: _before, ...own }: LookFacts, lead: LookId): LookFacts {
  return { ...own, origin: 'beside', beside: lead };
}
