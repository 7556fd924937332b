/** An operator's console without a browser: receives a look's pictures, keeps them sealed and opened. */

import type { LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { OperatorKey } from '@nattfrid/shared/seal/hpke';
import { type OpenedLook, openLook } from '@nattfrid/shared/seal/seal-look';
import { readSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { WebSocket } from 'ws';

export interface Viewer extends Disposable {
  /** Every message as it came from the relay. */
  readonly sealed: readonly Uint8Array[];
  /** Access units, Annex B. */
  readonly pictures: readonly Uint8Array[];
  /** Resolves once so many pictures are open. @throws Fault where one cannot be opened */
  seen(many: number): Promise<void>;
}

export function openViewer(given: {
  readonly address: string;
  readonly cookie: string;
  readonly look: LookId;
  readonly key: OperatorKey;
  readonly unitPublicKey: Uint8Array<ArrayBuffer>;
}): Viewer {
  const { address, cookie, look, key, unitPublicKey } = given;
  const sealed: Uint8Array[] = [];
  const pictures: Uint8Array[] = [];
  let changed = Promise.withResolvers<void>();
  let opened: Promise<OpenedLook | Fault> | undefined;
  const url = `${address.replace(/^http/, 'ws')}${sockets.viewer}?look=${look}`;
  const socket = new WebSocket(url, { headers: { cookie, origin: address } });
  let before: Promise<void> = Promise.resolve();
  const take = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) throw packet;
    if (packet.type === 'opening') {
      opened = openLook({
        opening: packet.opening,
        look,
        operatorPrivateKey: key.privateKey,
        operatorPublicKey: key.publicKey,
        unitPublicKey,
      });
      return;
    }
    if (packet.type !== 'key' && packet.type !== 'delta') return;
    const way = await opened;
    if (!way || way instanceof Fault) throw way ?? new Error('a picture before its opening');
    const plain = await way.open(packet.type, packet.sealed);
    if (plain instanceof Fault) throw plain;
    pictures.push(plain);
    socket.send(writePicturePacket({ type: 'ack', counter: Number(readSframeHeader(packet.sealed)?.ctr) }));
    changed.resolve();
    changed = Promise.withResolvers();
  };
  socket.on('message', (data: Buffer) => {
    const bytes = new Uint8Array(data);
    sealed.push(bytes);
    before = before.then(() => take(bytes)).catch((error: unknown) => changed.reject(error));
  });
  socket.on('error', (error) => changed.reject(error));
  return {
    sealed,
    pictures,
    async seen(many) {
      while (pictures.length < many) await changed.promise;
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
