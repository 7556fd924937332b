/** Process with many consoles: each receives one look, acknowledges each picture, and records its age. */

import { Fault } from '@nattfrid/shared/fault/fault';
import { readSframeHeader } from '@nattfrid/shared/seal/sframe-header';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { WebSocket } from 'ws';
import type { FromScreens, ToScreens, Watched } from './messages.ts';

const tell = (word: FromScreens) => void process.send?.(word);
let ages: number[] = [];

function watch(address: string, { look, cookie }: Watched, localAddress: string): Promise<void> {
  const url = `${address.replace('http', 'ws')}${sockets.viewer}?look=${look}`;
  const socket = new WebSocket(url, { headers: { cookie, origin: address }, localAddress });
  const opened = Promise.withResolvers<void>();
  socket.on('open', opened.resolve);
  socket.on('error', opened.reject);
  socket.on('message', (bytes: Buffer) => {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault || (packet.type !== 'key' && packet.type !== 'delta')) return;
    const header = readSframeHeader(packet.sealed);
    if (!header) return;
    ages.push(clock.now() - new DataView(packet.sealed.buffer).getFloat64(header.length));
    socket.send(writePicturePacket({ type: 'ack', counter: Number(header.ctr) }));
  });
  return opened.promise;
}

process.on('message', async (word: ToScreens) => {
  if (word.type === 'count') {
    tell({ type: 'count', ages });
    ages = [];
    return;
  }
  for (const [index, one] of word.looks.entries()) {
    const number = word.from + index;
    await watch(word.address, one, `127.1.${1 + (number >> 7)}.${1 + (number & 127)}`);
  }
  tell({ type: 'watching' });
});
process.on('disconnect', () => process.exit(0));
