import { createECDH } from 'node:crypto';
import { sealFor } from '@nattfrid/relay/push/encrypt';
import { describe, expect, it } from 'vitest';
import { makeBrowserKeys, openPush } from '../../stand-ins/push-service/open-push.ts';

/** RFC 8291 §5 and appendix A. */
const vector = {
  words: 'When I grow up, I want to be a watermelon',
  senderKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  browserKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  body: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};
const bytes = (text: string) => Buffer.from(text, 'base64url');
function keysOf(privateKey: string, auth: string) {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(bytes(privateKey));
  return { ecdh, auth: bytes(auth) };
}
const subscriptionOf = ({ ecdh, auth }: ReturnType<typeof makeBrowserKeys>) => ({
  endpoint: 'https://push.example/1',
  keys: { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') },
});

describe('A6.1 a push message', () => {
  const browser = keysOf(vector.browserKey, vector.auth);

  it('is sealed as RFC 8291 shows it', () => {
    const own = { privateKey: bytes(vector.senderKey), salt: bytes(vector.salt), pad: 0 };
    expect(Buffer.from(sealFor(subscriptionOf(browser), vector.words, own)).toString('base64url')).toBe(vector.body);
  });

  it('is opened as RFC 8291 shows it', () => expect(openPush(bytes(vector.body), browser)).toBe(vector.words));

  it('is of one length whatever it says, far below 4096 bytes, and opened by nobody else', () => {
    const keys = makeBrowserKeys();
    const sealed = ['{}', JSON.stringify({ kind: 'fall', client: 'Björken 3' })].map((words) =>
      sealFor(subscriptionOf(keys), words),
    );
    expect(new Set(sealed.map(({ length }) => length)).size).toBe(1);
    expect(sealed[0]?.length).toBeLessThan(1000);
    expect(openPush(Buffer.from(sealed[1] ?? []), keys)).toContain('Björken 3');
    expect(() => openPush(Buffer.from(sealed[1] ?? []), makeBrowserKeys())).toThrow();
  });
});
