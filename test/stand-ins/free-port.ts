/** A port on which nobody listens, for a program that must be told one. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Of 127.0.0.1; free again by the time it is returned. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
