/** Pure. A console's signature on a room that a person has confirmed on it; without it the relay could draw a room that weakens detection. */
import type { UnitId } from '../domain/ids.ts';
import { Room } from '../domain/room.ts';
import { toBase64Url } from '../wire/bytes.ts';
import type { Confirmation, RoomProof, VoucherLetter } from '../wire/console-proof.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

/** The first person draws and confirms it; where it takes much away another one says yes to it. */
export type RoomTurn = 'first' | 'second';

/** The signed claim: this unit, this room, as the first or as the second person, this time. */
export interface ConfirmingRoom {
  readonly unit: UnitId;
  readonly room: Room;
  readonly turn: RoomTurn;
  /** ISO 8601, by the console's clock. */
  readonly at: string;
}

export async function proveRoom(
  confirming: ConfirmingRoom,
  key: SignKey,
  voucher: VoucherLetter | undefined,
  confirmation?: Confirmation,
): Promise<RoomProof> {
  return {
    key: toBase64Url(key.publicKey),
    at: confirming.at,
    signature: toBase64Url(await sign('room-confirmation', claim(confirming), key.privateKey)),
    ...(voucher && { voucher }),
    ...(confirmation && { confirmation }),
  };
}

/** Verifies the signature with the key that the proof names. Whose key that is, the voucher tells. */
export const roomSaidSo = (
  said: Omit<ConfirmingRoom, 'at'>,
  { key, at, signature }: Pick<RoomProof, 'key' | 'at' | 'signature'>,
): Promise<boolean> => claimed('room-confirmation', claim({ ...said, at }), { signature, key });

/** The schema puts the fields in its own order, so that the bytes are the same wherever the room has come through. */
const claim = ({ unit, room, turn, at }: ConfirmingRoom): Uint8Array<ArrayBuffer> =>
  claimOf([unit, JSON.stringify(Room.parse(room)), turn, at]);
