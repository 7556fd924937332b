/** Both kinds of bus under their one contract. */
import { openNats } from '@nattfrid/relay/bus/nats';
import { subjectOf } from '@nattfrid/relay/bus/subject';
import { openWire } from '@nattfrid/relay/bus/within';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import { describe, expect, it, vi } from 'vitest';
import { openNatsServer } from '../stand-ins/nats/nats.ts';
import { busContract } from './bus.contract.ts';

busContract('the one within a process', async () => {
  const wire = openWire(systemClock);
  return {
    open: async () => wire.open(),
    cut: async () => wire.cut(),
    join: async () => wire.join(),
    [Symbol.asyncDispose]: async () => {},
  };
});

busContract('NATS', async () => {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await openNatsServer());
  const owned = stack.move();
  return {
    async open() {
      const bus = owned.use(openNats(server.url, { node: 'contract', log: silent }));
      await vi.waitFor(() => expect(bus.isUp).toBe(true), 5000);
      return bus;
    },
    cut: () => server.stop(),
    join: () => server.start(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
});

describe('a subject', () => {
  it.each(['look.>', 'a b', '*', '', 'Å', 'x'.repeat(65)])('never holds what would reach others: «%s»', (word) => {
    expect(() => subjectOf('nattfrid', word)).toThrow();
  });
});
