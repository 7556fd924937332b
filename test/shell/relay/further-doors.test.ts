/** What the main node knows of the doors of others, by their words alone. */
import { randomUUID } from 'node:crypto';
import { subjectOf } from '@nattfrid/relay/bus/subject';
import { openWire } from '@nattfrid/relay/bus/within';
import { openFigures } from '@nattfrid/relay/figures';
import type { Core } from '@nattfrid/relay/nodes/core';
import { openFurtherDoors } from '@nattfrid/relay/nodes/further-doors';
import { openNodeDoor } from '@nattfrid/relay/nodes/node-door';
import { type DoorSays, writeWords } from '@nattfrid/relay/nodes/words';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it } from 'vitest';

const core: Core = {
  knows: async () => undefined,
  wrong: async () => seconds(0),
  receive: async () => {},
  came: () => {},
  left: () => {},
  listens: () => {},
  refused: () => {},
  knock: async () => new Fault('not-found', 'none'),
  shown: () => {},
  guestIn: () => {},
  guestOut: () => {},
};

it('a door with more units than one message holds says all of them anew: who has left meanwhile is not there any more', async () => {
  const clock = movedClock();
  const wire = openWire(clock);
  await using stack = new AsyncDisposableStack();
  const [bus, other] = [stack.use(wire.open()), stack.use(wire.open())];
  const around = { bus, prefix: 'test', node: 'node-1', clock, watch: clock, log: silent, newId: randomUUID };
  const door = stack.use(await openNodeDoor({ ...around, figures: openFigures(), core }));
  const listen = { host: '127.0.0.1', port: 0, tls: undefined };
  const further = stack.use(
    openFurtherDoors(
      {
        ...{ ...around, door, elsewhere: core, others: [], troubles: () => [] },
        ...{ term: 1, longestSilence: seconds(3), listen },
      },
      { clock, log: silent, unwell: () => {} },
    ),
  );
  further.serve(core, { url: 'http://127.0.0.1:1' });
  const units = () => further.broker(door.broker).units;
  const hello = async (from: readonly string[], length: number) => {
    for (let at = 0, count = 1; at < from.length; at += length, count += 1) {
      const piece = from.slice(at, at + length).map((unit) => ({ unit: unit as UnitId, address: '203.0.113.9' }));
      const isLast = at + length >= from.length;
      const says: DoorSays = { node: 'node-2', count, told: { type: 'hello', units: piece, guests: [], isLast } };
      other.publish(subjectOf('test', 'main', 't1', 'told'), writeWords(says));
    }
    await clock.advance(seconds(0));
  };
  await hello(['home-1', 'home-2', 'home-3', 'home-4'], 2);
  expect(units()).toEqual(['home-1', 'home-2', 'home-3', 'home-4']);
  await hello(['home-1', 'home-3', 'home-4'], 2);
  expect(units()).toEqual(['home-1', 'home-3', 'home-4']);
  await hello(['home-4'], 2);
  expect(units()).toEqual(['home-4']);
});
