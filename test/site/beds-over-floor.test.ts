/** Beds that together cover the floor would switch falls off: a real relay refuses them in words, and a real unit goes on with the room that it has. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { proveRoom } from '@nattfrid/shared/seal/room-proof';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { expect, it, vi } from 'vitest';
import { password, signIn } from '../support/person.ts';
import { openRelayProcess } from '../support/relay-process.ts';
import { addUnitProcess } from '../support/unit-process.ts';

const patient = { timeout: 60_000, interval: 200 };
const across = (from: number, height: number): Polygon => [
  [0, from],
  [1, from],
  [1, from + height],
  [0, from + height],
];

it('two beds of 62 % and 40 % of the floor are refused with words by the relay, and the unit keeps its room', {
  timeout: 120_000,
}, async () => {
  await using relay = openRelayProcess();
  await relay.command(['add-operator', 'anna@testby.se', 'Anna', 'operator'], password);
  const url = await relay.start();
  const unit = await addUnitProcess(relay, url);
  await using _agent = unit.start();
  const anna = await signIn({ url }, 'anna@testby.se');
  const room = async () => (await anna.desk()).units[0]?.room;
  const key = await makeSignKey();
  const confirm = async (beds: readonly Polygon[]) => {
    const drawn = { beds, exits: [], floor: across(0, 1), masks: [] };
    const at = printInstant(systemClock.now());
    const console = await proveRoom({ unit: unit.unit as never, room: drawn, turn: 'first', at }, key, undefined);
    return anna.call('confirmRoom', { unit: unit.unit }, { room: drawn, console });
  };
  await vi.waitFor(async () => expect((await anna.desk()).units[0]?.presence).toBe('here'), patient);
  await confirm([across(0.5, 0.3)]);
  await vi.waitFor(async () => expect(await room()).toMatchObject({ inUse: true, version: 1 }), patient);

  await expect(confirm([across(0, 0.62), across(0.6, 0.4)])).rejects.toMatchObject({
    code: 'request-invalid',
    message: expect.stringContaining('no fall is told where'),
  });
  expect(await room()).toMatchObject({ inUse: true, version: 1 });
});
