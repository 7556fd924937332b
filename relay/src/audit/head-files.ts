/** The key that signs heads of the audit log, and the folder of head files; each is written beside and renamed. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { exportPrivateSignKey, importPrivateSignKey, makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { type AuditHead, readHead } from './head.ts';

/** @returns the public half, base64url: to be noted down where the relay's machine cannot reach it. @throws Fault where the file is there */
export async function makeAuditKey(file: string): Promise<string> {
  const made = await makeSignKey();
  const secret = `${toBase64Url(await exportPrivateSignKey(made.privateKey))}\n`;
  try {
    writeFileSync(file, secret, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new Fault('file-unreadable', `The key ${file} cannot be written: ${asFault(cause).message}.`, { cause });
  }
  return toBase64Url(made.publicKey);
}

export const readAuditKey = async (file: string): Promise<SignKey['privateKey']> => importPrivateSignKey(bytesOf(file));

/** @returns the public half of the key in a file, base64url */
export function publicHalf(file: string): string {
  const key = createPrivateKey({ key: Buffer.from(bytesOf(file)), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'jwk' }).x ?? '';
}

function bytesOf(file: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64Url(readFileSync(file, 'utf8').trim());
  } catch (cause) {
    throw new Fault('file-missing', `The key ${file} cannot be read. Make one: nattfrid-relay audit-key FILE.`, {
      cause,
    });
  }
}

/** @returns the file */
export function writeHead(folder: string, head: AuditHead): string {
  const file = join(folder, `audit-head-${head.at.replaceAll(/[:.]/g, '-')}.json`);
  const beside = `${file}.partial`;
  const opened = openSync(beside, 'w', 0o600);
  try {
    writeFileSync(opened, `${JSON.stringify(head)}\n`);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(beside, file);
  return file;
}

/** One that was kept. */
export interface Kept {
  readonly file: string;
  readonly head: AuditHead;
}

/** @param publicKey base64url. @throws Fault where it cannot be read, or `signature-wrong` */
export async function readHeadFile(file: string, publicKey: string): Promise<Kept> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Fault('file-missing', `The head file ${file} cannot be read.`, { cause });
  }
  const head = await readHead(text, publicKey);
  if (head instanceof Fault) throw new Fault('signature-wrong', `The head file ${file} does not hold: ${head.message}`);
  return { file, head };
}

/** The one that was signed last; undefined: there is none. @throws as readHeadFile, for any file of the folder */
export async function newestHead(folder: string, publicKey: string): Promise<Kept | undefined> {
  const names = readdirSync(folder).filter((name) => /^audit-head-.*\.json$/.test(name));
  const all = await Promise.all(names.map((name) => readHeadFile(join(folder, name), publicKey)));
  return all.sort((a, b) => Date.parse(a.head.at) - Date.parse(b.head.at)).at(-1);
}
