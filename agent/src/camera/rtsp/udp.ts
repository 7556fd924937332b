/** RTP and RTCP over UDP: an even port and the next one, open to the camera alone. For cameras that give nothing over TCP. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

export interface UdpPorts extends Disposable {
  /** The even one. */
  readonly port: number;
  /** Calls with each packet of the camera; control: it came to the odd port. */
  listen(take: (control: boolean, payload: Uint8Array) => void): void;
  send(control: boolean, payload: Uint8Array, port: number): void;
}

/** A session over UDP. */
export interface UdpWay {
  readonly ports: UdpPorts;
  /** The camera's port for RTCP, where it has named one. */
  readonly controlPort: number | undefined;
}

/** Pairs that are tried: the system gives an odd port, or one whose neighbour is taken, every other time. */
const tries = 30;
/** Bytes that the system keeps for a moment in which we do not read; a keyframe comes at once. */
const kept = 2 * 1024 * 1024;

/**
 * @param local the unit's address towards the camera. @param camera its IP address: packets of others are dropped
 * @returns undefined where no pair of ports is free
 */
export async function openUdp(local: string, camera: string): Promise<UdpPorts | undefined> {
  for (let turn = 0; turn < tries; turn++) {
    const even = await bound(local, 0);
    const { port = 1 } = even?.address() ?? {};
    const odd = port % 2 === 0 ? await bound(local, port + 1) : undefined;
    if (even && odd) return pair(even, odd, port, camera);
    even?.close();
  }
  return undefined;
}

function pair(even: Socket, odd: Socket, port: number, camera: string): UdpPorts {
  const both = [even, odd] as const;
  for (const socket of both) socket.on('error', () => {});
  try {
    even.setRecvBufferSize(kept);
  } catch {
    // The system allows less: then it is as large as it is.
  }
  return {
    port,
    listen(take) {
      for (const socket of both)
        socket.on('message', (payload, from) => {
          if (sameIp(from.address, camera)) take(socket === odd, payload);
        });
    },
    send: (control, payload, to) => both[control ? 1 : 0].send(payload, to, camera, () => {}),
    [Symbol.dispose]() {
      for (const socket of both) socket.close();
    },
  };
}

async function bound(local: string, port: number): Promise<Socket | undefined> {
  const socket = createSocket({ type: isIPv6(local) ? 'udp6' : 'udp4' });
  socket.bind(port, local);
  try {
    await once(socket, 'listening');
    return socket;
  } catch {
    socket.close();
    return undefined;
  }
}

const sameIp = (one: string, other: string): boolean => one.replace(/^::ffff:/i, '') === other.replace(/^::ffff:/i, '');
