/** An authenticator without a browser (WebAuthn): keys of its own, and every way of lying that a relay has to notice. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { MadePasskey, PasskeyToMake, PasskeyToShow, ShownPasskey } from '@nattfrid/shared/desk/passkey';

export interface Manner {
  /** From which page it was asked. */
  readonly origin?: string;
  readonly rpId?: string;
  /** Whether it has seen a finger, a face or a PIN. */
  readonly verifies?: boolean;
  readonly challenge?: string;
  /** How often it says that it has been used. */
  readonly counter?: number;
  /** Signs with a key that nobody knows. */
  readonly forges?: boolean;
}

export interface TestAuthenticator {
  make(asked: PasskeyToMake, manner?: Manner): MadePasskey;
  show(asked: PasskeyToShow, manner?: Manner): ShownPasskey;
}

const hash = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();
const text = (bytes: Buffer) => bytes.toString('base64url');
const [present, verified, hasKey] = [0x01, 0x04, 0x40];

/** @param origin of the console */
export function openAuthenticator(origin: string): TestAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;
  let userHandle = '';

  const data = (rpId: string, flags: number, { verifies = true, counter: said = ++counter }: Manner) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(said);
    return Buffer.concat([hash(rpId), Buffer.from([flags | present | (verifies ? verified : 0)]), count]);
  };
  const client = (type: string, challenge: string, manner: Manner) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: manner.challenge ?? challenge,
        origin: manner.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const common = { id: text(id), rawId: text(id), type: 'public-key', clientExtensionResults: {} } as const;

  return {
    make(asked, manner = {}) {
      userHandle = asked.user.id;
      const known = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseOf(publicKey)]);
      const whole = Buffer.concat([data(manner.rpId ?? asked.rp.id, hasKey, manner), known]);
      return {
        ...common,
        response: {
          clientDataJSON: text(client('webauthn.create', asked.challenge, manner)),
          attestationObject: text(attest(whole)),
          transports: ['internal'],
        },
      };
    },
    show(asked, manner = {}) {
      const whole = data(manner.rpId ?? asked.rpId, 0, manner);
      const clientData = client('webauthn.get', asked.challenge, manner);
      const key = manner.forges ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : privateKey;
      const signature = sign('sha256', Buffer.concat([whole, hash(clientData)]), key);
      return {
        ...common,
        response: {
          clientDataJSON: text(clientData),
          authenticatorData: text(whole),
          signature: text(signature),
          userHandle,
        },
      };
    },
  };
}

/** An EC2 key, ES256, on P-256 (RFC 9053), in CBOR. */
function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const coordinate = (label: number, value: string) =>
    Buffer.concat([Buffer.from([label, 0x58, 32]), Buffer.from(value, 'base64url')]);
  return Buffer.concat([Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1]), coordinate(0x21, x), coordinate(0x22, y)]);
}

/** { fmt: 'none', attStmt: {}, authData } in CBOR. */
const attest = (data: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0xa3, 0x63]),
    Buffer.from('fmt'),
    Buffer.from([0x64]),
    Buffer.from('none'),
    Buffer.from([0x67]),
    Buffer.from('attStmt'),
    Buffer.from([0xa0, 0x68]),
    Buffer.from('authData'),
    Buffer.from([0x58, data.length]),
    data,
  ]);
