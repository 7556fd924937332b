/** Pure. Is the key that the relay names for a unit the unit's own? What this console has seen, and what the municipality has signed, decide. */
import { z } from 'zod';

/** What this console keeps of a unit. `vouched`: the municipality has signed for it; else it is only the first that was seen. */
export const PinnedKey = z
  .object({ key: z.string(), since: z.string(), vouched: z.boolean(), planVersion: z.int().optional() })
  .readonly();
export type PinnedKey = z.infer<typeof PinnedKey>;

/** What the municipality has signed of this unit, checked with the municipality's key that this console knows. */
export type Signed =
  | { readonly type: 'says'; readonly unitKey: string; readonly version: number }
  /** A plan that names no key, none at all, or one that the known municipality has not signed. */
  | { readonly type: 'nothing' };

/** `pin`: what is kept from now on. What was signed for stands above what was only seen. */
type Weighed =
  | { readonly type: 'trusted'; readonly pin: PinnedKey }
  | { readonly type: 'changed'; readonly pin: PinnedKey };

/** Known: then a look opens at once, and nothing has to be asked before. */
export const isKnown = (pinned: PinnedKey | undefined, told: string): boolean => pinned?.key === told;

/** @param told the key that the relay names @param now ISO */
export function weigh(pinned: PinnedKey | undefined, told: string, signed: Signed, now: string): Weighed {
  const pin = pinOf(pinned, told, signed, now);
  return { type: pin.key === told ? 'trusted' : 'changed', pin };
}

function pinOf(pinned: PinnedKey | undefined, told: string, signed: Signed, now: string): PinnedKey {
  if (signed.type === 'nothing') return pinned ?? { key: told, since: now, vouched: false };
  // An old plan, played again, must not bring back an old unit.
  if (pinned?.planVersion !== undefined && signed.version < pinned.planVersion) return pinned;
  const { unitKey: key, version: planVersion } = signed;
  return { key, since: pinned?.key === key ? pinned.since : now, vouched: true, planVersion };
}
