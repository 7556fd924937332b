/** Pure. A console signs that another is its operator's, or that one is so no longer: what a unit believes without believing the relay. */
import type { OperatorAlias } from '../domain/ids.ts';
import { type Duration, hours } from '../time/duration.ts';
import { after, type Instant, parseInstant, printInstant } from '../time/instant.ts';
import { toBase64Url } from '../wire/bytes.ts';
import type { Withdrawal } from '../wire/console-list.ts';
import type { Confirmation, VoucherLetter } from '../wire/console-proof.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

/** A year, and time to have it renewed. */
export const longestConfirmation: Duration = hours(400 * 24);
/** Clocks of two consoles differ: a word that begins a little later than now counts already. */
const clocksDiffer: Duration = hours(0.25);

export interface NamedConsole {
  readonly operator: OperatorAlias;
  /** Ed25519, base64url. */
  readonly console: string;
}

/** @param key of the console that says so @param voucher the municipality's word for that one, where it has one */
export async function confirmConsole(
  { operator, console }: NamedConsole,
  at: Instant,
  key: SignKey,
  voucher?: VoucherLetter,
): Promise<Confirmation> {
  const by = toBase64Url(key.publicKey);
  const said = { operator, console, by, from: printInstant(at), until: printInstant(after(at, longestConfirmation)) };
  const signature = toBase64Url(await sign('console-confirmation', confirmationClaim(said), key.privateKey));
  return { ...said, signature, ...(voucher && { voucher }) };
}

/** Whether its signer has said exactly this, of another console, and for no longer than may be. Whether it is trusted, is another question. */
export async function isConfirmation(said: Confirmation): Promise<boolean> {
  if (said.by === said.console) return false;
  const length = parseInstant(said.until) - parseInstant(said.from);
  if (length <= 0 || length > longestConfirmation) return false;
  return claimed('console-confirmation', confirmationClaim(said), { signature: said.signature, key: said.by });
}

export const countsAt = ({ from, until }: Pick<Confirmation, 'from' | 'until'>, at: Instant): boolean =>
  parseInstant(from) <= at + clocksDiffer && at < parseInstant(until);

/** @param key of the console that says so; it may withdraw itself */
export async function withdrawConsole(
  { operator, console }: NamedConsole,
  at: Instant,
  key: SignKey,
  voucher?: VoucherLetter,
): Promise<Withdrawal> {
  const said = { operator, console, by: toBase64Url(key.publicKey), at: printInstant(at) };
  const signature = toBase64Url(await sign('console-withdrawal', withdrawalClaim(said), key.privateKey));
  return { ...said, signature, ...(voucher && { voucher }) };
}

/** Whether its signer has said exactly this. */
export const isWithdrawal = (said: Withdrawal): Promise<boolean> =>
  claimed('console-withdrawal', withdrawalClaim(said), { signature: said.signature, key: said.by });

const confirmationClaim = ({ operator, console, by, from, until }: Omit<Confirmation, 'signature' | 'voucher'>) =>
  claimOf([operator, console, by, from, until]);

const withdrawalClaim = ({ operator, console, by, at }: Omit<Withdrawal, 'signature' | 'voucher'>) =>
  claimOf([operator, console, by, at]);
