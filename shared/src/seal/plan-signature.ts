/** Pure. A plan under the municipality's signature, or that of somebody it has signed for, so that the relay cannot change it. */

import { Plan } from '../domain/plan.ts';
import { Fault } from '../fault/fault.ts';
import type { Instant } from '../time/instant.ts';
import { fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import type { PlanLetter } from '../wire/plan-letter.ts';
import type { SignerLetter } from '../wire/signer-letter.ts';
import type { CryptoKey } from './crypto-key.ts';
import { sign, verify } from './sign.ts';
import { openSigner, signsAt } from './signer.ts';

/**
 * @param privateKey the municipality's, or the signer's @param signer the municipality's word for it
 * @throws ZodError where it is no valid plan: nothing else is ever signed
 */
export async function signPlan(plan: Plan, privateKey: CryptoKey, signer?: SignerLetter): Promise<PlanLetter> {
  const body = new TextEncoder().encode(JSON.stringify(Plan.parse(plan)));
  const signature = toBase64Url(await sign('plan', body, privateKey));
  return { body: toBase64Url(body), signature, ...(signer && { signer }) };
}

/**
 * Verifies the signature over the bytes as received, and parses them only after that.
 * @param publicKey the municipality's, 32 bytes, as given when the unit was paired
 * @param at when it is taken; `kept`: it was taken before, and whoever signed it then need not be a signer any more
 * @returns a Fault: `signature-wrong`, or `message-invalid` for what is signed but not a plan.
 */
export async function openPlan(
  letter: PlanLetter,
  publicKey: Uint8Array<ArrayBuffer>,
  at: Instant | 'kept',
): Promise<Plan | Fault> {
  let body: Uint8Array<ArrayBuffer>;
  let signature: Uint8Array<ArrayBuffer>;
  try {
    body = fromBase64Url(letter.body);
    signature = fromBase64Url(letter.signature);
  } catch (cause) {
    return new Fault('message-invalid', 'A plan whose letters are not base64url.', { cause });
  }
  const key = await signingKey(letter, publicKey, at);
  if (key instanceof Fault) return key;
  if (!(await verify('plan', body, signature, key)))
    return new Fault('signature-wrong', 'A plan that the municipality’s key has not signed. It is not followed.');
  let words: unknown;
  try {
    words = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    return new Fault('message-invalid', 'A plan that is signed, but is no JSON.', { cause });
  }
  const plan = Plan.safeParse(words);
  if (plan.success) return plan.data;
  const [first] = plan.error.issues;
  const where = first?.path.join('.');
  return new Fault(
    'message-invalid',
    `A plan that is signed, but cannot be read as one${where ? `, at «${where}»` : ''}: ${first?.message ?? ''}.`,
    { cause: plan.error },
  );
}

/** Of the municipality itself, or of the signer that the letter names, where the municipality has said so for this time. */
async function signingKey(
  { signer }: PlanLetter,
  publicKey: Uint8Array<ArrayBuffer>,
  at: Instant | 'kept',
): Promise<Uint8Array<ArrayBuffer> | Fault> {
  if (!signer) return publicKey;
  const said = await openSigner(signer, publicKey);
  if (said instanceof Fault) return said;
  if (at !== 'kept' && !signsAt(said, at))
    return new Fault(
      'signature-wrong',
      `Whoever signed this plan may sign from ${said.from} until ${said.until} only.`,
    );
  return fromBase64Url(said.key);
}
