/** Pure. The looks that were opened together into one home, one on each camera: which of them leads, and so answers for them all. */
import { isLive, type KnownLook } from '../record/look.ts';

/** A picture of it has been handed to the operator. */
export const hasShown = (look: KnownLook): boolean =>
  (look.name === 'open' || look.name === 'awaiting-verdict') && look.shown.firstPictureAt !== undefined;

/** How much can still come of it: something was seen, it is open, it has been asked for, nothing. */
function promise(look: KnownLook): number {
  if (hasShown(look)) return 3;
  if (look.name === 'open') return 2;
  return isLive(look) ? 1 : 0;
}

/**
 * The one that should lead instead; undefined: the lead stays. A home is looked into as long as one of its cameras can show
 * something, so that one that cannot sends nobody out at night. An alarm is answered for by the camera that raised it, and by no other.
 */
export function heirOf(lead: KnownLook, besides: readonly KnownLook[]): KnownLook | undefined {
  if (lead.facts.reason.type === 'alarm' || lead.facts.beside !== undefined) return undefined;
  let best = lead;
  for (const look of besides) if (promise(look) > promise(best)) best = look;
  return best === lead ? undefined : best;
}
