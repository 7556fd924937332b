/** Pure. The municipality's key as such: that somebody has it, and that another one has taken its place. */
import type { Instant } from '../time/instant.ts';
import { printInstant } from '../time/instant.ts';
import { toBase64Url } from '../wire/bytes.ts';
import type { SuccessorLetter } from '../wire/signer-letter.ts';
import { claimed, claimOf } from './claim.ts';
import type { Possession } from './possession.ts';
import { type SignKey, sign } from './sign.ts';

/** @param organisation whose key it is to be, as the relay calls it */
export async function proveMunicipality(organisation: string, at: string, key: SignKey): Promise<Possession> {
  const said = { key: toBase64Url(key.publicKey), at };
  const signature = await sign('municipality-possession', possessionClaim(organisation, said), key.privateKey);
  return { ...said, signature: toBase64Url(signature) };
}

export const isMunicipality = (organisation: string, said: Possession): Promise<boolean> =>
  claimed('municipality-possession', possessionClaim(organisation, said), said);

/** Both sign: the old key gives its place away, and the new one is nobody else's. */
export async function signSuccessor(old: SignKey, next: SignKey, at: Instant): Promise<SuccessorLetter> {
  const said = { old: toBase64Url(old.publicKey), next: toBase64Url(next.publicKey), at: printInstant(at) };
  const [byOld, byNext] = await Promise.all(
    [old, next].map(async ({ privateKey }) =>
      toBase64Url(await sign('municipality-successor', successorClaim(said), privateKey)),
    ),
  );
  return { ...said, byOld: byOld ?? '', byNext: byNext ?? '' };
}

/** Whether both keys have said exactly this. */
export async function isSuccessor(said: SuccessorLetter): Promise<boolean> {
  const { old, next, byOld, byNext } = said;
  if (old === next) return false;
  const claim = successorClaim(said);
  return (
    (await claimed('municipality-successor', claim, { signature: byOld, key: old })) &&
    (await claimed('municipality-successor', claim, { signature: byNext, key: next }))
  );
}

/**
 * The keys from the one that is known to the newest that it leads to. Each key is followed once: nothing leads back.
 * @param known base64url @returns the known key first
 */
export async function followKeys(known: string, letters: readonly SuccessorLetter[]): Promise<readonly string[]> {
  const passed = [known];
  for (;;) {
    const now = passed.at(-1);
    const further = letters.find(({ old, next }) => old === now && !passed.includes(next));
    if (!further || !(await isSuccessor(further))) return passed;
    passed.push(further.next);
  }
}

const possessionClaim = (organisation: string, { key, at }: Omit<Possession, 'signature'>) =>
  claimOf([organisation, key, at]);

const successorClaim = ({ old, next, at }: Omit<SuccessorLetter, 'byOld' | 'byNext'>) => claimOf([old, next, at]);
