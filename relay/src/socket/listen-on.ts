/** Opens a listener of the relay's, and says in words where it cannot be had. */
import type { Server } from 'node:net';
import { Fault } from '@nattfrid/shared/fault/fault';

/**
 * @param port 0: any that is free
 * @param what it listens for, in the words of the fault: «MQTT»
 * @returns the port
 * @throws Fault `config-invalid` where nothing can listen there
 */
export async function listenOn(server: Server, host: string, port: number, what: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new Fault('config-invalid', `Nothing can listen on ${host}:${port} for ${what}.`, { cause })),
    );
    server.listen(port, host, resolve);
  });
  return portOf(server, port);
}

/** Which it listens on; `asked` where it cannot be told. */
export function portOf(server: Server, asked: number): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : asked;
}

/** As others write it: http(s)://host:port, without a slash at the end. */
export const urlOf = (isTls: boolean, host: string, port: number): string =>
  `${isTls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
