/**
 * Whether the unit lets itself be paired like this: while it has had power for a short time only, by whoever has its label or its short
 * code, and as exactly that says. It asks itself; the relay's word is not enough for any of it.
 */
import type { Logger } from '@nattfrid/shared/log/logger';
import { unitKeyOfCode, unitKeyOfLabel } from '@nattfrid/shared/seal/label';
import { areTermsRight, type PairingTerms } from '@nattfrid/shared/seal/pairing-terms';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { PairingDown, WhyNotPaired } from '@nattfrid/shared/wire/pairing';
import type { CodeTriesTable } from '../store/code-tries-table.ts';
import type { Identity } from '../store/identity.ts';
import type { Power } from '../trust/power.ts';

type Offer = Extract<PairingDown, { type: 'offer' }>;

/** So many wrong codes each time that it is given power… */
export const mostTries = 5;
/** …and so many in all: then the label alone pairs it, until it has been wiped. Whoever guesses has one chance in 200 million. */
export const mostInAll = 50;
/** It has had power for no longer. */
export const freshlyPowered: Duration = minutes(15);

export type Taken =
  | { readonly type: 'yes'; readonly terms: PairingTerms }
  | { readonly type: 'no'; readonly why: WhyNotPaired; readonly triesLeft?: number };

/** @param nonce that this unit has made for this connection */
export async function takeOffer(
  offer: Offer,
  parts: {
    readonly identity: Identity;
    readonly nonce: string;
    readonly power: Power;
    /** In which start of the machine the relay has had it wiped. */
    readonly wipedIn: string | undefined;
    readonly tries: CodeTriesTable;
    readonly log: Logger;
  },
): Promise<Taken> {
  const { identity, nonce, power, wipedIn, tries, log } = parts;
  const { unit, secret, code } = identity;
  const publicKey = toBase64Url(identity.key.publicKey);
  const { ticket, organisation, planKey, client, place, mac } = offer;
  const terms: PairingTerms = { ticket, nonce, unit, publicKey, organisation, planKey, client, place };
  // Wiped from afar, it waits until somebody beside it has pulled its plug: a relay cannot wipe a unit and pair it in one go.
  if (power.since() > freshlyPowered || wipedIn === power.boot) return { type: 'no', why: 'not-freshly-powered' };
  if (offer.by === 'secret') {
    if (await areTermsRight(terms, mac, await unitKeyOfLabel({ unit, secret }))) return { type: 'yes', terms };
    log.warn(
      'A pairing was refused: whoever asked has not seen the label, or what was said has been changed on its way',
    );
    return { type: 'no', why: 'wrong-label' };
  }
  const before = tries.find();
  const now = before?.boot === power.boot ? before : { boot: power.boot, tries: 0, inAll: before?.inAll ?? 0 };
  if (now.tries >= mostTries || now.inAll >= mostInAll) return { type: 'no', why: 'code-locked', triesLeft: 0 };
  // Counted before it is compared: a power cut in between is no free try.
  tries.save({ ...now, tries: now.tries + 1, inAll: now.inAll + 1 });
  if (await areTermsRight(terms, mac, await unitKeyOfCode(code, unit, publicKey))) {
    tries.save({ ...now, inAll: 0, tries: 0 });
    return { type: 'yes', terms };
  }
  const triesLeft = Math.min(mostTries - now.tries, mostInAll - now.inAll) - 1;
  log.warn('A pairing was refused: the short code was wrong', { triesLeft });
  return { type: 'no', why: 'wrong-code', triesLeft };
}
