/** Which nodes are not well is told at each change, with since when. */
import { openUnwell } from '@nattfrid/relay/nodes/unwell';
import { minutes } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it } from 'vitest';

it('is told once, with since when, until it is over; and what a newer node knows of is left out', async () => {
  const clock = movedClock(instant(Date.parse('2026-11-30T21:00:00Z')));
  const told: unknown[] = [];
  const found = openUnwell(clock, (nodes) => void told.push(nodes));
  found([]);
  found([{ node: 'node-2', why: 'no-database' }]);
  await clock.advance(minutes(1));
  found([{ node: 'node-2', why: 'no-database' }]);
  const two = [
    { node: 'node-2', why: 'no-database' },
    { node: 'node-3', why: 'gone' },
    { node: 'node-3', why: 'something-newer' },
  ];
  found(two);
  found([]);
  const since = { database: '2026-11-30T21:00:00.000Z', gone: '2026-11-30T21:01:00.000Z' };
  expect(told).toEqual([
    [{ node: 'node-2', why: 'no-database', since: since.database }],
    [
      { node: 'node-2', why: 'no-database', since: since.database },
      { node: 'node-3', why: 'gone', since: since.gone },
    ],
    [],
  ]);
});
