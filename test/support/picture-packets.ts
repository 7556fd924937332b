/** Packets of a look's pictures as a test sends them, and what comes in, by its kind. */
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import type { WebSocket } from 'ws';

export const picture = (type: 'key' | 'delta', bytes: number) =>
  writePicturePacket({ type, sealed: new Uint8Array(bytes) });

export const opening = (look: string) =>
  writePicturePacket({
    type: 'opening',
    opening: {
      look: look as never,
      encapsulated: 'e'.repeat(43),
      signature: 's'.repeat(86),
      codec: 'avc1',
      width: 640,
      height: 360,
    },
  });

/** @param but a kind that is left out @returns grows with what comes; «bad» is no packet */
export function kinds(socket: WebSocket, but?: 'beat'): string[] {
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => {
    const packet = readPicturePacket(new Uint8Array(data));
    const kind = 'type' in packet ? packet.type : 'bad';
    if (kind !== but) heard.push(kind);
  });
  return heard;
}
