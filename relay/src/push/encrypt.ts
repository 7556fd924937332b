/** The door to http_ece: seals a push message for one browser (RFC 8291, aes128gcm of RFC 8188). */
import { createECDH, randomBytes } from 'node:crypto';
import type { Subscription } from '@nattfrid/shared/desk/push-routes';
import { encrypt } from 'http_ece';

/** Push services take at most 4096 bytes (RFC 8030 §7.2). Ours are far shorter; all are of one length, which tells nothing. */
const plainLength = 512;

/** @param own the sender's key and salt: fresh for each message, given in tests alone */
export function sealFor(
  { keys }: Subscription,
  words: string,
  own: { readonly privateKey: Uint8Array; readonly salt: Uint8Array; readonly pad?: number } | undefined = undefined,
): Uint8Array {
  const text = Buffer.from(words, 'utf8');
  if (text.length > plainLength) throw new TypeError('a push message is far too long');
  const sender = createECDH('prime256v1');
  if (own) sender.setPrivateKey(own.privateKey);
  else sender.generateKeys();
  return encrypt(text, {
    version: 'aes128gcm',
    privateKey: sender,
    dh: keys.p256dh,
    authSecret: keys.auth,
    salt: Buffer.from(own?.salt ?? randomBytes(16)).toString('base64url'),
    rs: 4096,
    pad: own?.pad ?? plainLength - text.length,
  });
}
