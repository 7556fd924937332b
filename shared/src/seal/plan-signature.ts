/** Pure. A plan under the municipality's signature, so that the relay cannot change it. */

import { Plan } from '../domain/plan.ts';
import { Fault } from '../fault/fault.ts';
import { fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import type { PlanLetter } from '../wire/plan-letter.ts';
import type { CryptoKey } from './crypto-key.ts';
import { sign, verify } from './sign.ts';

/** @throws ZodError where it is no valid plan: nothing else is ever signed */
export async function signPlan(plan: Plan, privateKey: CryptoKey): Promise<PlanLetter> {
  const body = new TextEncoder().encode(JSON.stringify(Plan.parse(plan)));
  return { body: toBase64Url(body), signature: toBase64Url(await sign('plan', body, privateKey)) };
}

/**
 * Verifies the signature over the bytes as received, and parses them only after that.
 * @param publicKey the municipality's, 32 bytes, as given when the unit was paired
 * @returns a Fault: `signature-wrong`, or `message-invalid` for what is signed but not a plan.
 */
export async function openPlan(letter: PlanLetter, publicKey: Uint8Array<ArrayBuffer>): Promise<Plan | Fault> {
  let body: Uint8Array<ArrayBuffer>;
  let signature: Uint8Array<ArrayBuffer>;
  try {
    body = fromBase64Url(letter.body);
    signature = fromBase64Url(letter.signature);
  } catch (cause) {
    return new Fault('message-invalid', 'A plan whose letters are not base64url.', { cause });
  }
  if (!(await verify('plan', body, signature, publicKey)))
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
