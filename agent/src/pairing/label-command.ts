/** What is printed on the box: address as a QR code, short code, fingerprint; and what goes to the relay's stock, without the secret. */
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { doorHashOf, doorKeyOf, printCode, writeLabel } from '@nattfrid/shared/seal/label';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { encodeQR } from 'qr';
import { openDatabase } from '../store/database.ts';
import { unitIdentity } from '../store/identity.ts';
import { databaseFile } from '../store/unit-key.ts';

export interface LabelFacts {
  readonly unit: string;
  /** A secret: it stands on the label, and nowhere else. */
  readonly address: string;
  /** A secret too. */
  readonly code: string;
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly doorHash: string;
}

/** Makes the identity where there is none yet. @param relay its public address, which the label leads to */
export async function labelOf(data: string, relay: string): Promise<LabelFacts> {
  using database = openDatabase(databaseFile(data));
  const { unit, secret, code, key } = await unitIdentity(database);
  const publicKey = toBase64Url(key.publicKey);
  return {
    unit,
    address: writeLabel(relay, { unit, secret, publicKey }),
    code,
    fingerprint: await fingerprint(key.publicKey),
    publicKey,
    doorHash: await doorHashOf(await doorKeyOf({ unit, secret })),
  };
}

/** `stock`: what the relay's stock is given, one line, no secret; `json`: all of the label; `svg`: its QR code alone. */
export type LabelForm = 'words' | 'json' | 'stock' | 'svg';

export async function printLabel(data: string, relay: string, form: LabelForm): Promise<string> {
  const facts = await labelOf(data, relay);
  const { unit, address, code, publicKey, doorHash } = facts;
  switch (form) {
    case 'json':
      return JSON.stringify(facts);
    case 'stock':
      return JSON.stringify({ unit, publicKey, doorHash });
    case 'svg':
      return encodeQR(address, 'svg', { ecc: 'quartile' });
    case 'words':
      return [
        encodeQR(address, 'ascii', { ecc: 'medium' }),
        address,
        '',
        `Unit          ${unit}`,
        `Short code    ${printCode(code)}`,
        `Fingerprint   ${facts.fingerprint}`,
        '',
        'The address and the short code are secrets: they stand on the label, and nowhere else.',
      ].join('\n');
  }
}
