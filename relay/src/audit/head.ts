/** Pure. A head of the audit log: so many lines, the hash of the last, when; signed, to be kept on another machine. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { SignKey } from '@nattfrid/shared/seal/sign';
import { sign, verify } from '@nattfrid/shared/seal/sign';
import { Base64Url, fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { z } from 'zod';
import type { AuditCheck, Checked } from './check.ts';

export const AuditHead = z
  .object({
    v: z.literal(1),
    at: z.iso.datetime(),
    lines: z.int().min(0),
    head: z.string().regex(/^[0-9a-f]{64}$/),
    signature: Base64Url,
  })
  .readonly();
export type AuditHead = z.infer<typeof AuditHead>;

/** @param at ISO 8601 */
export async function signHead({ lines, head }: Checked, at: string, key: SignKey['privateKey']): Promise<AuditHead> {
  const signature = toBase64Url(await sign('audit-head', signedBytes({ at, lines, head }), key));
  return { v: 1, at, lines, head, signature };
}

/** @param text of a head file @param publicKey base64url @returns the head, or a Fault `signature-wrong` */
export async function readHead(text: string, publicKey: string): Promise<AuditHead | Fault> {
  const read = AuditHead.safeParse(parsed(text));
  if (!read.success) return new Fault('signature-wrong', 'It is no head of an audit log.');
  const signature = fromBase64Url(read.data.signature);
  const good = await verify('audit-head', signedBytes(read.data), signature, fromBase64Url(publicKey));
  return good ? read.data : new Fault('signature-wrong', `It is not signed by the key ${publicKey}.`);
}

/** How a log that follows its own chain differs from one that was seen before: what a chain alone cannot show. */
export type Against = 'same' | 'cut-off' | 'recomputed';

/** @param found hash of the line with the number `seen.lines`; undefined where there is none */
export function against(seen: Checked, found: string | undefined, log: AuditCheck): Against {
  if (log.lines < seen.lines) return 'cut-off';
  return seen.lines === 0 || found === seen.head ? 'same' : 'recomputed';
}

function signedBytes({ at, lines, head }: Checked & { readonly at: string }): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([at, lines, head]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
