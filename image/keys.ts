/** Keys for signing updates: an authority whose certificate every unit carries, and a signer that it has vouched for. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Tool } from './tools.ts';

export const keyTools: readonly Tool[] = [{ program: 'openssl', debian: 'openssl' }];

/** Files of an authority and a signer. */
export interface SigningKeys {
  /** The authority's certificate: the keyring of the units. */
  readonly keyring: string;
  readonly authorityKey: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * Makes an authority and a signer in a folder that only its owner reads. ECDSA on P-256: Ed25519 cannot sign what RAUC reads.
 * @param purpose what the signer's certificate is for; anything but `codeSigning` is refused by a unit, which is for tests
 * @throws Error where openssl fails
 */
export async function makeKeys(folder: string, purpose = 'codeSigning', days = 3650): Promise<SigningKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [authorityKey, keyring, key, request, cert, extensions] = [
    'authority.key',
    'authority.pem',
    'signer.key',
    'signer.csr',
    'signer.pem',
    'signer.ext',
  ].map((name) => join(folder, name)) as [string, string, string, string, string, string];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const ca = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  const made = ['-keyout', authorityKey, '-out', keyring];
  const name = ['-subj', '/O=Nattfrid/CN=Nattfrid updates: authority'];
  await run('openssl', ['req', '-x509', ...curve, ...made, ...name, ...ca, '-days', String(days), '-sha256']);
  const signer = ['-keyout', key, '-out', request, '-subj', '/O=Nattfrid/CN=Nattfrid updates: signer'];
  await run('openssl', ['req', '-new', ...curve, ...signer]);
  await writeFile(
    extensions,
    `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,${purpose}\n`,
  );
  const by = ['-CA', keyring, '-CAkey', authorityKey, '-CAcreateserial', '-extfile', extensions];
  await run('openssl', ['x509', '-req', '-in', request, ...by, '-out', cert, '-days', String(days), '-sha256']);
  return { keyring, authorityKey, cert, key };
}
