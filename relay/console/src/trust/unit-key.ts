/** Pure. Whether a key that the relay tells is the unit's, by what this console has seen and what the municipality has signed. */
import { z } from 'zod';

/** The key that this console keeps for a unit. `vouched`: the municipality has signed for it; else it is the first that was seen. */
export const PinnedKey = z
  .object({ key: z.string(), since: z.string(), vouched: z.boolean(), planVersion: z.int().optional() })
  .readonly();
export type PinnedKey = z.infer<typeof PinnedKey>;

/** The municipality's word on a unit's key, checked with the municipality's key that this console knows. */
export type Signed =
  | { readonly type: 'says'; readonly unitKey: string; readonly version: number }
  /** No plan, a plan without a key, or one that the known municipality has not signed. */
  | { readonly type: 'nothing' };

/** `pin`: what is kept from now on; a signed key goes before one that was only seen. */
type Weighed =
  | { readonly type: 'trusted'; readonly pin: PinnedKey }
  | { readonly type: 'changed'; readonly pin: PinnedKey };

/** Whether a look may open at once, without asking for the plan first. */
export const isKnown = (pinned: PinnedKey | undefined, told: string): boolean => pinned?.key === told;

/** @param told the key that the relay tells @param now ISO 8601 */
export function weigh(pinned: PinnedKey | undefined, told: string, signed: Signed, now: string): Weighed {
  const pin = pinOf(pinned, told, signed, now);
  return { type: pin.key === told ? 'trusted' : 'changed', pin };
}

function pinOf(pinned: PinnedKey | undefined, told: string, signed: Signed, now: string): PinnedKey {
  if (signed.type === 'nothing') return pinned ?? { key: told, since: now, vouched: false };
  // An old plan that is replayed must not bring back an old key.
  if (pinned?.planVersion !== undefined && signed.version < pinned.planVersion) return pinned;
  const { unitKey: key, version: planVersion } = signed;
  return { key, since: pinned?.key === key ? pinned.since : now, vouched: true, planVersion };
}
