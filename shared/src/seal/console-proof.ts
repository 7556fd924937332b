/** Pure. A console signs for the key that a look's pictures shall be sealed for: without it the relay could put its own in its place. */
import type { LookId, UnitId } from '../domain/ids.ts';
import type { Reason } from '../domain/look.ts';
import { toBase64Url } from '../wire/bytes.ts';
import type { Confirmation, ConsoleProof, VoucherLetter } from '../wire/console-proof.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

/** What is signed: this home, for this reason, for this key (fresh for each look), at this time. */
export interface Asking {
  readonly unit: UnitId;
  readonly reason: Reason;
  /** Named where the look was on the list; else the relay names it. */
  readonly look?: LookId | undefined;
  /** X25519, base64url. */
  readonly operatorKey: string;
  /** ISO, by the console's clock. */
  readonly at: string;
}

export async function proveConsole(
  asking: Asking,
  key: SignKey,
  voucher: VoucherLetter | undefined,
  confirmation?: Confirmation,
): Promise<ConsoleProof> {
  const signature = await sign('console-asking', claim(asking), key.privateKey);
  return {
    key: toBase64Url(key.publicKey),
    at: asking.at,
    signature: toBase64Url(signature),
    ...(asking.look && { look: asking.look }),
    ...(voucher && { voucher }),
    ...(confirmation && { confirmation }),
  };
}

/** Does this signature, by the key that it names, say exactly this? Whose key that is, is another question. */
export async function consoleSaidSo(
  asked: { readonly unit: UnitId; readonly reason: Reason; readonly operatorKey: string },
  { key, at, look, signature }: ConsoleProof,
): Promise<boolean> {
  return claimed('console-asking', claim({ ...asked, at, look }), { signature, key });
}

const claim = ({ unit, reason, look = '' as LookId, operatorKey, at }: Asking): Uint8Array<ArrayBuffer> =>
  claimOf([unit, reason.type, reason.type === 'window' ? reason.window : reason.alarm, look, operatorKey, at]);
