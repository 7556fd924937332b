/**
 * Pure. A camera's login, sealed on a console for one unit: the relay between them cannot read it, and cannot put a key of its own in the
 * place of the unit's, because the unit's identity key has signed for it.
 */
import { z } from 'zod';
import type { UnitId } from '../domain/ids.ts';
import { Fault } from '../fault/fault.ts';
import { fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import type { SealedLogin } from '../wire/service-call.ts';
import { claimed, claimOf } from './claim.ts';
import { type OperatorKey, openSealed, sealFor } from './hpke.ts';
import { type SignKey, sign } from './sign.ts';

export interface CameraLogin {
  readonly user: string;
  readonly password: string;
}

/** What a camera takes is shorter. */
const Login = z.object({ user: z.string().max(64), password: z.string().max(128) }).readonly();

/** The key as the unit tells it with what it has checked. */
export interface SealingKey {
  /** X25519, base64url. */
  readonly sealingKey: string;
  /** The unit's signature over it. */
  readonly sealingProof: string;
}

/** On the unit. @param key its identity */
export async function signSealingKey(unit: UnitId, publicKey: Uint8Array, key: SignKey): Promise<SealingKey> {
  const sealingKey = toBase64Url(publicKey);
  return { sealingKey, sealingProof: toBase64Url(await sign('sealing-key', claim(unit, sealingKey), key.privateKey)) };
}

/**
 * On the console.
 * @param publicKey the unit's identity as this console knows it (Ed25519, base64url), never one that came with the key
 * @returns a Fault: `signature-wrong` where this unit has not signed for the key, `request-invalid` for a login that is too long
 */
export async function sealLogin(
  { unit, publicKey, told }: { readonly unit: UnitId; readonly publicKey: string; readonly told: SealingKey },
  login: CameraLogin,
): Promise<SealedLogin | Fault> {
  const said = { signature: told.sealingProof, key: publicKey };
  if (!(await claimed('sealing-key', claim(unit, told.sealingKey), said)))
    return new Fault('signature-wrong', 'This unit has not signed for the key that its answer names. Nothing is sent.');
  const read = Login.safeParse(login);
  if (!read.success) return new Fault('request-invalid', 'User or password is longer than any camera takes.');
  const plain = new TextEncoder().encode(JSON.stringify(read.data));
  const sealed = await sealFor(fromBase64Url(told.sealingKey), about(unit), plain);
  if (sealed instanceof Fault) return sealed;
  return { encapsulated: toBase64Url(sealed.encapsulated), sealed: toBase64Url(sealed.sealed) };
}

/** On the unit. @returns a Fault `seal-broken`: for another unit, for a key from before it was started, or changed on its way */
export async function openLogin(unit: UnitId, key: OperatorKey, sealed: SealedLogin): Promise<CameraLogin | Fault> {
  const opened = await openSealed(key, about(unit), {
    encapsulated: fromBase64Url(sealed.encapsulated),
    sealed: fromBase64Url(sealed.sealed),
  });
  if (opened instanceof Fault) return opened;
  try {
    return Login.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(opened)));
  } catch (cause) {
    return new Fault('seal-broken', 'What was sealed is no login.', { cause });
  }
}

const claim = (unit: UnitId, sealingKey: string) => claimOf([unit, sealingKey]);
const about = (unit: UnitId): string => `nattfrid v1 camera login for ${unit}`;
