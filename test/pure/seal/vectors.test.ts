/** Our sealing against the RFCs' own test vectors: what others have sealed opens here, and the other way round. */
import { readFileSync } from 'node:fs';
import { agreeFrom, suite } from '@nattfrid/shared/seal/hpke';
import { deriveSframeKey, openSframe, sealSframe, sframeLabel } from '@nattfrid/shared/seal/sframe';
import { readSframeHeader, writeSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const read = <Shape extends z.ZodType>(name: string, shape: Shape): z.infer<Shape> =>
  shape.parse(JSON.parse(readFileSync(new URL(`../../../fixtures/vectors/${name}.json`, import.meta.url), 'utf8')));
const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const hex = (data: ArrayBuffer | Uint8Array) => Buffer.from(new Uint8Array(data)).toString('hex');
const big = (text: string) => BigInt(`0x${text}`);

const a1 = read(
  'rfc9180-a1',
  z.object({
    info: z.string(),
    ikmE: z.string(),
    ikmR: z.string(),
    pkRm: z.string(),
    enc: z.string(),
    pt: z.string(),
    encryptions: z.array(z.object({ aad: z.string(), ct: z.string() })),
    exports: z.array(z.object({ context: z.string(), length: z.int(), value: z.string() })),
  }),
);

describe('HPKE, RFC 9180 appendix A.1', () => {
  it('exports the RFC’s secrets to the receiver, through our own door', async () => {
    const pair = await suite.kem.deriveKeyPair(bytes(a1.ikmR).buffer);
    expect(hex(await suite.kem.serializePublicKey(pair.publicKey))).toBe(a1.pkRm);
    const key = { publicKey: bytes(a1.pkRm), privateKey: pair.privateKey };
    const words = new TextDecoder().decode(bytes(a1.info));
    const agreed = await agreeFrom(key, bytes(a1.enc), words);
    if (agreed instanceof Error) throw agreed;
    for (const { context, length, value } of a1.exports)
      expect(hex(await agreed.secretFor(new TextDecoder().decode(bytes(context)), length))).toBe(value);
  });

  it('seals as the RFC’s sender and opens as its receiver, picture after picture', async () => {
    const receiver = await suite.kem.deriveKeyPair(bytes(a1.ikmR).buffer);
    const ekm = await suite.kem.deriveKeyPair(bytes(a1.ikmE).buffer);
    const info = bytes(a1.info).buffer;
    const from = await suite.createSenderContext({ recipientPublicKey: receiver.publicKey, info, ekm });
    expect(hex(from.enc)).toBe(a1.enc);
    const to = await suite.createRecipientContext({ recipientKey: receiver, info, enc: from.enc });
    for (const { aad, ct } of a1.encryptions) {
      expect(hex(await from.seal(bytes(a1.pt).buffer, bytes(aad).buffer))).toBe(ct);
      expect(hex(await to.open(bytes(ct).buffer, bytes(aad).buffer))).toBe(a1.pt);
    }
  });
});

describe('SFrame, RFC 9605', () => {
  const headers = read('rfc9605-c1', z.object({ headers: z.array(z.tuple([z.string(), z.string(), z.string()])) }));
  it(`writes and reads ${headers.headers.length} headers of appendix C.1`, () => {
    for (const [kid, ctr, header] of headers.headers) {
      expect(hex(writeSframeHeader(big(kid), big(ctr)))).toBe(header);
      expect(readSframeHeader(bytes(header))).toEqual({ kid: big(kid), ctr: big(ctr), length: header.length / 2 });
    }
  });

  for (const [name, header] of [
    ['nothing', ''],
    ['a key id cut short', '90ff'],
    ['a counter cut short', '99ffff01'],
    ['a small key id in a byte of its own', '8007'],
    ['a counter with a zero in front', '09000a'],
  ] as const)
    it(`reads no header from ${name}`, () => expect(readSframeHeader(bytes(header))).toBeUndefined());

  it('derives, seals and opens as appendix C.3 does', async () => {
    const c3 = read('rfc9605-c3', z.record(z.string(), z.string())) as Record<string, string>;
    const of = (name: string) => c3[name] ?? '';
    const kid = big(of('kid'));
    expect(hex(sframeLabel('key', kid))).toBe(of('sframe_key_label'));
    expect(hex(sframeLabel('salt', kid))).toBe(of('sframe_salt_label'));
    const key = await deriveSframeKey(bytes(of('base_key')), kid);
    expect(hex(key.salt)).toBe(of('sframe_salt'));
    const sealed = await sealSframe(key, big(of('ctr')), bytes(of('metadata')), bytes(of('pt')));
    expect(hex(sealed)).toBe(of('ct'));
    const opened = await openSframe(key, bytes(of('metadata')), bytes(of('ct')));
    if (opened instanceof Error) throw opened;
    expect(hex(opened.plain)).toBe(of('pt'));
  });
});
