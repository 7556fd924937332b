/**
 * Pure. A label on its way from the unit to the bench: sealed for the bench's key (HPKE), signed inside by the unit's own, and the bench's
 * receipt, which whoever has not opened the letter cannot make. No letter serves a second bench, nor a receipt a second letter.
 */
import { Fault } from '../fault/fault.ts';
import type { BenchLetter } from '../wire/bench.ts';
import { HandedLabel } from '../wire/bench.ts';
import { fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import { claimed, claimOf } from './claim.ts';
import type { CryptoKey } from './crypto-key.ts';
import { type Agreed, agreeFrom, agreeWith, type OperatorKey } from './hpke.ts';
import { type SignKey, sign } from './sign.ts';

const about = 'nattfrid v1 bench label';

export interface SealedLabel {
  readonly letter: BenchLetter;
  /** Whether the bench's own answer to this very letter has come. */
  isReceipt(receipt: string): Promise<boolean>;
}

/** @param benchKey X25519, base64url. @param key of the unit. @returns a Fault `seal-broken` where the bench's key is none */
export async function sealLabel(
  said: Omit<HandedLabel, 'signature'>,
  key: SignKey,
  benchKey: string,
): Promise<SealedLabel | Fault> {
  const agreed = await agreeWith(fromBase64Url(benchKey), about);
  if (agreed instanceof Fault) return new Fault('seal-broken', "The bench's key in the settings is no X25519 key.");
  const encapsulated = toBase64Url(agreed.encapsulated);
  const signature = toBase64Url(await sign('bench-label', labelClaim(benchKey, encapsulated, said), key.privateKey));
  const plain = new TextEncoder().encode(JSON.stringify({ ...said, signature }));
  const { aes, iv } = await sealing(agreed);
  const sealed = toBase64Url(new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, aes, plain)));
  return {
    letter: { encapsulated, sealed },
    async isReceipt(receipt) {
      try {
        return await crypto.subtle.verify(
          'HMAC',
          await receiptKey(agreed),
          fromBase64Url(receipt),
          receiptClaim(said.unit, sealed),
        );
      } catch {
        return false;
      }
    },
  };
}

export interface OpenedLabel {
  readonly label: HandedLabel;
  /** Made only once the label is on the bench's disk: the unit does not come again. */
  receipt(): Promise<string>;
}

/**
 * @returns a Fault `seal-broken`: it was sealed for another key, or changed on its way; `message-invalid`: it holds no label;
 * `signature-wrong`: whoever sealed it has not the key that the label names
 */
export async function openLabel({ encapsulated, sealed }: BenchLetter, key: OperatorKey): Promise<OpenedLabel | Fault> {
  const agreed = await agreeFrom(key, fromBase64Url(encapsulated), about);
  if (agreed instanceof Fault) return notOurs();
  const plain = await opened(agreed, sealed);
  if (!plain) return notOurs();
  const label = read(plain);
  if (!label) return new Fault('message-invalid', 'What was sealed is no label.');
  const { signature, publicKey } = label;
  if (
    !(await claimed('bench-label', labelClaim(toBase64Url(key.publicKey), encapsulated, label), {
      signature,
      key: publicKey,
    }))
  )
    return new Fault('signature-wrong', 'The label is not signed by the key that it names.');
  return {
    label,
    async receipt() {
      const mac = await crypto.subtle.sign('HMAC', await receiptKey(agreed), receiptClaim(label.unit, sealed));
      return toBase64Url(new Uint8Array(mac));
    },
  };
}

const notOurs = () =>
  new Fault(
    'seal-broken',
    'The letter cannot be opened: its card was written with the key of another bench, or it was changed on its way.',
  );

async function opened(agreed: Agreed, sealed: string): Promise<string | undefined> {
  try {
    const { aes, iv } = await sealing(agreed);
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, aes, fromBase64Url(sealed)));
  } catch {
    return undefined;
  }
}

function read(plain: string): HandedLabel | undefined {
  try {
    return HandedLabel.safeParse(JSON.parse(plain)).data;
  } catch {
    return undefined;
  }
}

/** Once for each agreement, which is fresh for each letter. */
async function sealing(agreed: Agreed): Promise<{ readonly aes: CryptoKey; readonly iv: Uint8Array<ArrayBuffer> }> {
  const bytes = await agreed.secretFor('label', 32);
  const aes = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { aes, iv: await agreed.secretFor('label iv', 12) };
}

const receiptKey = async (agreed: Agreed): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', await agreed.secretFor('receipt', 32), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);

const receiptClaim = (unit: string, sealed: string) => claimOf(['nattfrid v1 bench receipt', unit, sealed]);

const labelClaim = (
  benchKey: string,
  encapsulated: string,
  { unit, relay, secret, code, publicKey, model, agent }: Omit<HandedLabel, 'signature'>,
) => claimOf([benchKey, encapsulated, unit, relay, secret, code, publicKey, model, agent]);
