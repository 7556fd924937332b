/** Pure. What travels on a picture socket: a kind, and bytes that only the operator's console can open. */
import { z } from 'zod';
import { LookId, OperatorAlias } from '../domain/ids.ts';
import { Fault } from '../fault/fault.ts';
import { Base64Url } from './bytes.ts';

/**
 * First message of a look, in the clear (it holds no secret): how to open what follows.
 * HPKE (RFC 9180) base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; the SFrame key is
 * exported from the HPKE context; the unit signs look, operator key and encapsulated key with its Ed25519 key.
 */
export const Opening = z
  .object({
    look: LookId,
    encapsulated: Base64Url.length(43),
    signature: Base64Url.length(86),
    codec: z.string().max(40),
    width: z.int().min(16).max(4096),
    height: z.int().min(16).max(4096),
  })
  .readonly();
export type Opening = z.infer<typeof Opening>;

/** Sealed beside the pictures: why there is none, or that there is one again; every two seconds, what the look has cost. */
export const PictureNotice = z.discriminatedUnion('type', [
  z.object({ type: z.literal('no-picture'), why: z.string().max(40) }).readonly(),
  z.object({ type: z.literal('picture') }).readonly(),
  /** Mobile data, as the unit counts it, all who look together: bytes of this look, and kbit/s of late. */
  z.object({ type: z.literal('usage'), bytes: z.int().min(0), kbits: z.number().min(0) }).readonly(),
]);
export type PictureNotice = z.infer<typeof PictureNotice>;

/** Unit to relay, once, over a connection that has stood by: whose pictures follow. */
const Assignment = z
  .object({
    look: LookId,
    /** A colleague who has joined; absent: whoever opened the look. */
    reader: OperatorAlias.optional(),
  })
  .readonly();
type Assignment = z.infer<typeof Assignment>;

/**
 * Unit to relay: assign. Unit to viewer: opening, key (a picture that needs no other), delta, notice. Viewer to unit: ack (its counter), want-key.
 * Relay to viewer: beat, twice a second while nothing else comes, so that silence means a broken connection.
 */
export type PicturePacket =
  | { readonly type: 'assign'; readonly assignment: Assignment }
  | { readonly type: 'opening'; readonly opening: Opening }
  | { readonly type: 'key' | 'delta' | 'notice'; readonly sealed: Uint8Array<ArrayBuffer> }
  | { readonly type: 'ack'; readonly counter: number }
  | { readonly type: 'want-key' }
  | { readonly type: 'beat' };

export const longestPicture = 512 * 1024;
const kinds = { opening: 1, key: 2, delta: 3, notice: 4, beat: 5, assign: 6, ack: 16, 'want-key': 17 } as const;

export function writePicturePacket(packet: PicturePacket): Uint8Array<ArrayBuffer> {
  switch (packet.type) {
    case 'assign':
      return join(kinds.assign, new TextEncoder().encode(JSON.stringify(packet.assignment)));
    case 'opening':
      return join(kinds.opening, new TextEncoder().encode(JSON.stringify(packet.opening)));
    case 'key':
    case 'delta':
    case 'notice':
      return join(kinds[packet.type], packet.sealed);
    case 'ack': {
      const bytes = new Uint8Array(5);
      bytes[0] = kinds.ack;
      new DataView(bytes.buffer).setUint32(1, packet.counter);
      return bytes;
    }
    case 'want-key':
    case 'beat':
      return Uint8Array.of(kinds[packet.type]);
  }
}

export function readPicturePacket(bytes: Uint8Array): PicturePacket | Fault {
  if (bytes.length > longestPicture)
    return new Fault('message-too-large', `A picture packet of ${bytes.length} bytes.`);
  const rest = new Uint8Array(bytes.subarray(1));
  switch (bytes[0]) {
    case kinds.assign: {
      try {
        return { type: 'assign', assignment: Assignment.parse(JSON.parse(new TextDecoder().decode(rest))) };
      } catch (cause) {
        return new Fault('message-invalid', 'It cannot be read for which look this connection is.', { cause });
      }
    }
    case kinds.opening: {
      try {
        return { type: 'opening', opening: Opening.parse(JSON.parse(new TextDecoder().decode(rest))) };
      } catch (cause) {
        return new Fault('message-invalid', 'The opening of a look cannot be read.', { cause });
      }
    }
    case kinds.key:
      return { type: 'key', sealed: rest };
    case kinds.delta:
      return { type: 'delta', sealed: rest };
    case kinds.notice:
      return { type: 'notice', sealed: rest };
    case kinds.ack:
      if (rest.length !== 4) return new Fault('message-invalid', 'An acknowledgement of the wrong length.');
      return { type: 'ack', counter: new DataView(rest.buffer).getUint32(0) };
    case kinds['want-key']:
      return { type: 'want-key' };
    case kinds.beat:
      return { type: 'beat' };
    default:
      return new Fault('message-invalid', `A picture packet of unknown kind ${bytes[0] ?? 'none'}.`);
  }
}

function join(kind: number, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(rest.length + 1);
  bytes[0] = kind;
  bytes.set(rest, 1);
  return bytes;
}
