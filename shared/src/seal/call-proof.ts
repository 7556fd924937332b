/** Pure. A console's signature on a call of a technician that outlasts a relay that lies: a wipe, another camera. */
import type { UnitId } from '../domain/ids.ts';
import { toBase64Url } from '../wire/bytes.ts';
import type { CallProof, Confirmation, VoucherLetter } from '../wire/console-proof.ts';
import type { SealedLogin } from '../wire/service-call.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

/** What is asked of the unit. */
export type SignedCall =
  | { readonly type: 'wipe' }
  | { readonly type: 'choose-camera'; readonly camera: string; readonly login?: SealedLogin | undefined };

/** The signed claim: this unit, this call, once, this time. */
export interface AskingCall {
  readonly unit: UnitId;
  readonly call: SignedCall;
  /** A UUID of the console's own. */
  readonly nonce: string;
  /** ISO 8601, by the console's clock. */
  readonly at: string;
}

export async function proveCall(
  asking: AskingCall,
  key: SignKey,
  voucher: VoucherLetter | undefined,
  confirmation?: Confirmation,
): Promise<CallProof> {
  return {
    key: toBase64Url(key.publicKey),
    nonce: asking.nonce,
    at: asking.at,
    signature: toBase64Url(await sign('service-call', claim(asking), key.privateKey)),
    ...(voucher && { voucher }),
    ...(confirmation && { confirmation }),
  };
}

/** Verifies the signature with the key that the proof names. Whose key that is, the voucher tells. */
export const callSaidSo = (
  said: Pick<AskingCall, 'unit' | 'call'>,
  { key, nonce, at, signature }: Pick<CallProof, 'key' | 'nonce' | 'at' | 'signature'>,
): Promise<boolean> => claimed('service-call', claim({ ...said, nonce, at }), { signature, key });

const claim = ({ unit, call, nonce, at }: AskingCall): Uint8Array<ArrayBuffer> =>
  claimOf([unit, ...whatOf(call), nonce, at]);

/** The sealed login as it travels, so that none that was sealed for another choice can be put in its place. */
function whatOf(call: SignedCall): readonly string[] {
  switch (call.type) {
    case 'wipe':
      return ['wipe'];
    case 'choose-camera':
      return ['choose-camera', call.camera, call.login?.encapsulated ?? '', call.login?.sealed ?? ''];
  }
}
