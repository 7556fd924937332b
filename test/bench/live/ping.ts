/** Measures round trips and loss of a link with small UDP packets: one end echoes, the other counts. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';

export interface Pinged {
  readonly sent: number;
  readonly lost: number;
  /** Milliseconds there and back, in the order of sending. */
  readonly times: readonly number[];
}

/** Echoes every packet until disposed. */
export async function openEcho(host: string): Promise<Disposable & { readonly port: number }> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => socket.send(bytes, from.port, from.address));
  await bound(socket, host);
  return { port: socket.address().port, [Symbol.dispose]: () => socket.close() };
}

/** @param many packets, one each 20 ms; a packet that is not back after two seconds counts as lost */
export async function ping(host: string, port: number, many: number): Promise<Pinged> {
  using socket = disposable(createSocket('udp4'));
  await bound(socket.it, '0.0.0.0');
  const sentAt = new Map<number, number>();
  const times: number[] = [];
  socket.it.on('message', (bytes) => {
    const at = sentAt.get(bytes.readUInt32BE(0));
    if (at !== undefined) times.push(elapsed() - at);
  });
  for (let number = 0; number < many; number++) {
    const bytes = Buffer.alloc(56);
    bytes.writeUInt32BE(number);
    sentAt.set(number, elapsed());
    socket.it.send(bytes, port, host);
    await systemClock.sleep(milliseconds(20));
  }
  for (let waited = 0; times.length < many && waited < 2000; waited += 50) await systemClock.sleep(milliseconds(50));
  return { sent: many, lost: many - times.length, times };
}

async function bound(socket: Socket, host: string): Promise<void> {
  socket.bind(0, host);
  await once(socket, 'listening');
}

const disposable = (it: Socket) => ({ it, [Symbol.dispose]: () => void it.close() });
