/**
 * Pure. End-to-end encryption of one look's pictures, from the unit to one operator's console.
 * HPKE gives the key, the unit signs whose pictures they are and for whom, SFrame seals each one.
 */

import type { LookId } from '../domain/ids.ts';
import { Fault } from '../fault/fault.ts';
import { fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import type { Opening } from '../wire/picture.ts';
import { claimOf } from './claim.ts';
import type { CryptoKey } from './crypto-key.ts';
import { type Agreed, agreeFrom, agreeWith } from './hpke.ts';
import { deriveSframeKey, openSframe, sealSframe } from './sframe.ts';
import { sign, verify } from './sign.ts';

/** Authenticated with each seal: the relay cannot pass a delta off as a keyframe, or a notice as a picture. */
export type SealedKind = 'key' | 'delta' | 'notice';

/** Decoder configuration for the viewer: a WebCodecs codec string, and the size in pixels. */
export interface Coding {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
}

export const silhouetteCoding: Coding = { codec: 'avc1.42E01E', width: 640, height: 360 };

export interface SealedLook {
  /** Sent first, in the clear: it holds no secret. */
  readonly opening: Opening;
  /** Must be called in sending order. */
  seal(kind: SealedKind, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

export interface OpenedLook extends Coding {
  /** @returns a Fault `seal-broken`: changed, or sealed for another key; `seal-replayed`: repeated, or older than one that was opened */
  open(kind: SealedKind, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | Fault>;
}

/**
 * On the unit, once for each connection: no key serves two.
 * @returns a Fault `seal-broken` where the operator's key is invalid
 */
export async function sealLook({
  look,
  operatorKey,
  unitPrivateKey,
  coding = silhouetteCoding,
}: {
  readonly look: LookId;
  readonly operatorKey: Uint8Array<ArrayBuffer>;
  readonly unitPrivateKey: CryptoKey;
  readonly coding?: Coding;
}): Promise<SealedLook | Fault> {
  const agreed = await agreeWith(operatorKey, aboutLook(look));
  if (agreed instanceof Fault) return agreed;
  const { encapsulated } = agreed;
  const signature = await sign('look-opening', signed({ look, operatorKey, encapsulated, coding }), unitPrivateKey);
  const key = await pictureKey(agreed);
  let counter = 0n;
  return {
    opening: { look, encapsulated: toBase64Url(encapsulated), signature: toBase64Url(signature), ...coding },
    seal: (kind, bytes) => sealSframe(key, counter++, metadata(kind), bytes),
  };
}

/**
 * On the console.
 * @param unitPublicKey the key pinned when the unit was paired, never one from the relay during the look
 * @param heard the encapsulated keys of this look so far, to which the opening's own is added; without it the relay could replay a
 *   whole earlier connection of the look
 * @returns a Fault: `signature-wrong` (not from this unit, not for this look or this key), `seal-replayed`, `seal-broken`.
 */
export async function openLook({
  opening,
  look,
  operatorPrivateKey,
  operatorPublicKey,
  unitPublicKey,
  heard = new Set(),
}: {
  readonly opening: Opening;
  readonly look: LookId;
  readonly operatorPrivateKey: CryptoKey;
  readonly operatorPublicKey: Uint8Array<ArrayBuffer>;
  readonly unitPublicKey: Uint8Array<ArrayBuffer>;
  readonly heard?: Set<string>;
}): Promise<OpenedLook | Fault> {
  const { codec, width, height } = opening;
  const encapsulated = fromBase64Url(opening.encapsulated);
  const claim = signed({ look, operatorKey: operatorPublicKey, encapsulated, coding: { codec, width, height } });
  const genuine = await verify('look-opening', claim, fromBase64Url(opening.signature), unitPublicKey);
  if (!genuine || opening.look !== look)
    return new Fault('signature-wrong', 'These pictures are not signed by this unit for this look and this console.');
  if (heard.has(opening.encapsulated))
    return new Fault('seal-replayed', 'An earlier part of this look was sent again. It is not shown.');
  heard.add(opening.encapsulated);
  const key = { publicKey: operatorPublicKey, privateKey: operatorPrivateKey };
  const agreed = await agreeFrom(key, encapsulated, aboutLook(look));
  if (agreed instanceof Fault) return agreed;
  return { codec, width, height, open: await opener(agreed) };
}

async function opener(agreed: Agreed): Promise<OpenedLook['open']> {
  const key = await pictureKey(agreed);
  let last = -1n;
  let before: Promise<unknown> = Promise.resolve();
  const one = async (kind: SealedKind, sealed: Uint8Array<ArrayBuffer>) => {
    const opened = await openSframe(key, metadata(kind), sealed);
    if (opened instanceof Fault) return opened;
    if (opened.ctr <= last)
      return new Fault('seal-replayed', 'A picture came again, or after a later one. It is not shown.');
    last = opened.ctr;
    return opened.plain;
  };
  return (kind, sealed) => {
    // In order: a small picture that opens faster would make the large one before it look replayed.
    const mine = before.then(() => one(kind, sealed));
    before = mine;
    return mine;
  };
}

const aboutLook = (look: LookId) => `nattfrid v1 look ${look}`;
const pictureKey = async (agreed: Agreed) => deriveSframeKey(await agreed.secretFor('nattfrid v1 pictures', 16), 0n);
const metadata = (kind: SealedKind) => new TextEncoder().encode(`nattfrid v1 ${kind}`);

function signed(claim: {
  readonly look: LookId;
  readonly operatorKey: Uint8Array;
  readonly encapsulated: Uint8Array;
  readonly coding: Coding;
}): Uint8Array {
  const { codec, width, height } = claim.coding;
  return claimOf([claim.look, claim.operatorKey, claim.encapsulated, codec, `${width}x${height}`]);
}
