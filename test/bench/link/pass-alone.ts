/** The relay's door and pass alone, open for one look: no database, broker or API. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openPass } from '@nattfrid/relay/pass/pass';
import { openCrowd } from '@nattfrid/relay/socket/crowd';
import { openDoor } from '@nattfrid/relay/socket/door';
import { openGuests } from '@nattfrid/relay/socket/guests';
import { openRemote } from '@nattfrid/relay/socket/remote';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock as clock } from '@nattfrid/shared/time/clock';
import { sockets } from '@nattfrid/shared/wire/sockets';

export async function openPassAlone(): Promise<AsyncDisposable & { readonly address: string; readonly look: LookId }> {
  const look = randomUUID() as LookId;
  const server = createServer();
  const pass = openPass({ clock, log: silent, figures: { passed: () => {}, dropped: () => {} } });
  pass.open(look, { unit: 'unit-1' as UnitId, operator: 'op-1', shown: () => {} });
  const longest = 512 * 1024 + 1;
  const door = openDoor({
    server,
    guests: openGuests(),
    remote: openRemote([]),
    crowd: openCrowd({ perAddress: 10000, clock, log: silent }),
    clock,
    log: silent,
    entrances: {
      [sockets.unit]: { longest, admit: async () => ({ welcome: (socket) => pass.unit(look, socket) }) },
      [sockets.viewer]: { longest, admit: async () => ({ welcome: (socket) => pass.viewer(look, 'op-1', socket) }) },
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    look,
    async [Symbol.asyncDispose]() {
      pass[Symbol.dispose]();
      door[Symbol.dispose]();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
