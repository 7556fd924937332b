/** Pure. A console's signature on the key that a look's pictures are sealed for; without it the relay could substitute its own key. */
import type { LookId, UnitId } from '../domain/ids.ts';
import type { Reason } from '../domain/look.ts';
import { toBase64Url } from '../wire/bytes.ts';
import type { Confirmation, ConsoleProof, VoucherLetter } from '../wire/console-proof.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

/** The signed claim: this unit, this reason, this key (fresh for each look), this time. */
export interface Asking {
  readonly unit: UnitId;
  readonly reason: Reason;
  /** The look's id where the look was on the list; else the relay chooses it. */
  readonly look?: LookId | undefined;
  /** X25519, base64url. */
  readonly operatorKey: string;
  /** ISO 8601, by the console's clock. */
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

/** Verifies the signature with the key that the proof names. Whose key that is, the voucher tells. */
export async function consoleSaidSo(
  asked: { readonly unit: UnitId; readonly reason: Reason; readonly operatorKey: string },
  { key, at, look, signature }: ConsoleProof,
): Promise<boolean> {
  return claimed('console-asking', claim({ ...asked, at, look }), { signature, key });
}

const claim = ({ unit, reason, look = '' as LookId, operatorKey, at }: Asking): Uint8Array<ArrayBuffer> =>
  claimOf([unit, reason.type, whatFor(reason), look, operatorKey, at]);

function whatFor(reason: Reason): string {
  switch (reason.type) {
    case 'window':
      return reason.window;
    case 'alarm':
      return reason.alarm;
    case 'test':
      return reason.order;
  }
}
