/** Pure. The certificate of a wipe: the unit's own signature over its name, the time, and what it erases. */
import { z } from 'zod';
import { UnitId } from '../domain/ids.ts';
import { Base64Url, toBase64Url } from '../wire/bytes.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

/** What is erased at every wipe; «label» where the unit's own name and key went as well. */
export const erasedThings = ['keys', 'plan', 'room', 'outbox', 'alarms', 'access-log', 'consoles', 'settings'] as const;

export const WipeCertificate = z
  .object({
    unit: UnitId,
    at: z.iso.datetime().describe("By the unit's clock"),
    what: z.array(z.string().max(30)).max(16).readonly(),
    signature: Base64Url.length(86).describe("With the unit's key"),
  })
  .readonly();
export type WipeCertificate = z.infer<typeof WipeCertificate>;

export async function certifyWipe(
  said: Omit<WipeCertificate, 'signature'>,
  key: Pick<SignKey, 'privateKey'>,
): Promise<WipeCertificate> {
  return { ...said, signature: toBase64Url(await sign('wipe', wipeClaim(said), key.privateKey)) };
}

/** @param publicKey that the stock has of this unit, base64url */
export const isWipeCertified = (said: WipeCertificate, publicKey: string): Promise<boolean> =>
  claimed('wipe', wipeClaim(said), { signature: said.signature, key: publicKey });

const wipeClaim = ({ unit, at, what }: Omit<WipeCertificate, 'signature'>) => claimOf([unit, at, ...what]);
