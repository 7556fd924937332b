/** Pure. A console signs for how it would rather have the person shown: without it the relay could wish in its place. */
import type { LookId, UnitId } from '../domain/ids.ts';
import type { Mode } from '../domain/plan.ts';
import { toBase64Url } from '../wire/bytes.ts';
import type { WishProof } from '../wire/console-proof.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

/** What is signed: this look of this home, in the time that was asked for with this key, shown like this, said at this time. */
export interface Wishing {
  readonly unit: UnitId;
  readonly look: LookId;
  /** X25519, base64url: the look's own. */
  readonly operatorKey: string;
  readonly mode: Mode;
  /** ISO, by the console's clock. */
  readonly at: string;
}

export async function proveWish(wishing: Wishing, { privateKey }: SignKey): Promise<WishProof> {
  return { at: wishing.at, signature: toBase64Url(await sign('console-wish', claim(wishing), privateKey)) };
}

/** @param key of the console that asked for the look (Ed25519, base64url) @returns whether it has said exactly this */
export async function wishSaidSo(
  wished: Omit<Wishing, 'at'>,
  { at, signature }: WishProof,
  key: string,
): Promise<boolean> {
  return claimed('console-wish', claim({ ...wished, at }), { signature, key });
}

const claim = ({ unit, look, operatorKey, mode, at }: Wishing): Uint8Array<ArrayBuffer> =>
  claimOf([unit, look, operatorKey, mode, at]);
