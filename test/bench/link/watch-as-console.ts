/** A console without a browser: opens the pictures of one look, and acknowledges each. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { type OpenedLook, openLook } from '@nattfrid/shared/seal/seal-look';
import { readSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { WebSocket } from 'ws';
import { stampOf } from './stamped-pictures.ts';

/** @param seen called with the time of capture of each opened picture */
export function watchAsConsole(
  address: string,
  look: LookId,
  key: Awaited<ReturnType<typeof makeOperatorKey>>,
  unitPublicKey: Uint8Array<ArrayBuffer>,
  seen: (madeAt: number) => void,
): Disposable {
  const socket = new WebSocket(`${address.replace('http', 'ws')}${sockets.viewer}?look=${look}`);
  let opened: OpenedLook | undefined;
  let before: Promise<void> = Promise.resolve();
  const take = async (bytes: Uint8Array) => {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) throw packet;
    if (packet.type === 'opening') {
      const keys = { operatorPrivateKey: key.privateKey, operatorPublicKey: key.publicKey, unitPublicKey };
      const one = await openLook({ opening: packet.opening, look, ...keys });
      if (one instanceof Fault) throw one;
      opened = one;
    }
    if (!opened || (packet.type !== 'key' && packet.type !== 'delta')) return;
    const plain = await opened.open(packet.type, packet.sealed);
    if (plain instanceof Fault) throw plain;
    socket.send(writePicturePacket({ type: 'ack', counter: Number(readSframeHeader(packet.sealed)?.ctr) }));
    seen(stampOf(plain));
  };
  socket.on('message', (bytes: Buffer) => {
    before = before.then(() => take(bytes));
  });
  return { [Symbol.dispose]: () => socket.terminate() };
}
