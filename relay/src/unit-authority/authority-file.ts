/** The file with the key of the relay's own authority for units: made once, and never in the database nor in its backups. */
import { readFileSync, writeFileSync } from 'node:fs';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { makeAuthority, openAuthority, type UnitAuthority } from './authority.ts';

/** @returns SHA-256 of its certificate, in hexadecimal. @throws Fault where the file is there already, or cannot be written */
export async function makeAuthorityFile(file: string): Promise<string> {
  const { pem, fingerprint } = await makeAuthority();
  try {
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new Fault('file-unreadable', `The authority ${file} cannot be written: ${asFault(cause).message}.`, { cause });
  }
  return fingerprint;
}

/** @throws Fault `file-missing`, or `config-invalid` where it is none */
export async function readAuthorityFile(file: string): Promise<UnitAuthority> {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Fault(
      'file-missing',
      `The authority for units ${file} cannot be read. Check the path and its rights; where there has never been one: nattfrid-relay unit-authority FILE.`,
      { cause },
    );
  }
  try {
    return await openAuthority(pem);
  } catch (cause) {
    throw new Fault('config-invalid', `${file} is no authority for units: it needs a key and its certificate.`, {
      cause,
    });
  }
}
