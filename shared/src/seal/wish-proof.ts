/** Pure. A console's signature on a wish, so that the relay cannot wish in its place. */
import type { LookId, UnitId } from '../domain/ids.ts';
import type { Mode } from '../domain/plan.ts';
import { toBase64Url } from '../wire/bytes.ts';
import type { WishProof } from '../wire/console-proof.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

/** The signed claim: this unit, this look, this look's key, this mode, this time. */
export interface Wishing {
  readonly unit: UnitId;
  readonly look: LookId;
  /** The look's key: X25519, base64url. */
  readonly operatorKey: string;
  readonly mode: Mode;
  /** ISO 8601, by the console's clock. */
  readonly at: string;
}

export async function proveWish(wishing: Wishing, { privateKey }: SignKey): Promise<WishProof> {
  return { at: wishing.at, signature: toBase64Url(await sign('console-wish', claim(wishing), privateKey)) };
}

/** Verifies a wish. @param key of the console that asked for the look (Ed25519, base64url) */
export async function wishSaidSo(
  wished: Omit<Wishing, 'at'>,
  { at, signature }: WishProof,
  key: string,
): Promise<boolean> {
  return claimed('console-wish', claim({ ...wished, at }), { signature, key });
}

const claim = ({ unit, look, operatorKey, mode, at }: Wishing): Uint8Array<ArrayBuffer> =>
  claimOf([unit, look, operatorKey, mode, at]);
