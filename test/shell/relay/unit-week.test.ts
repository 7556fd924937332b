/** The week of a unit: counted by the hour while it speaks and while it is silent, kept for seven days, and told to its own people. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@nattfrid/relay/store/database';
import { openUnitHours } from '@nattfrid/relay/units/unit-hours';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import { days } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it, onTestFinished } from 'vitest';
import { vitals } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';

const view = (more: Partial<UnitView>): UnitView =>
  ({
    ...{ unit: 'unit-1' as UnitId, client: 'Alma' as ClientAlias, presence: 'here', publicKey: '' },
    ...{ vitals, inForce: { state: 'in-force' } },
    ...more,
  }) as UnitView;

it('an hour says how often a unit was heard, and how camera, clock and plan were; after a week it is forgotten', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-week-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await using store = await openStore(join(folder, 'relay.db'));
  const clock = movedClock(instant(Date.parse('2026-11-30T01:20:00Z')));
  let now: readonly UnitView[] = [];
  const hours = openUnitHours({ store, clock, units: { onDesk: async () => now } });
  const week = () => hours.week(store.db, 'unit-1' as UnitId);
  const known = async () => (await week()).hours[0];
  for (const [name, seen, expected] of [
    ['never heard of', { presence: 'expected' }, undefined],
    ['well', {}, [1, 1, 1, 1, 1]],
    ['camera lost', { vitals: { ...vitals, camera: 'lost' } }, [2, 2, 1, 2, 2]],
    ['camera covered', { vitals: { ...vitals, cannotSee: 'covered' } }, [3, 3, 1, 3, 3]],
    [
      'at rest between looks, and paused',
      { vitals: { ...vitals, camera: 'resting' }, inForce: { state: 'paused' } },
      [4, 4, 2, 4, 4],
    ],
    ['clock off', { clockOffBySeconds: 90 }, [5, 5, 3, 4, 5]],
    ['no plan', { inForce: { state: 'none' } }, [6, 6, 4, 5, 5]],
    ['silent, and its last word was well', { presence: 'silent' }, [7, 6, 4, 5, 5]],
  ] as const) {
    now = [view(seen as Partial<UnitView>)];
    await hours.tick();
    const one = await known();
    expect(one && [one.samples, one.heard, one.camera, one.clock, one.plan], name).toEqual(expected);
  }
  expect(await week()).toMatchObject({
    from: '2026-11-23T01:00:00.000Z',
    hours: [{ hour: '2026-11-30T01:00:00.000Z' }],
  });
  clock.stepWall(days(7));
  await hours.tick();
  expect((await week()).hours).toHaveLength(2);
  clock.stepWall(days(1));
  await hours.tick();
  const kept = await store.db.selectFrom('unit_hours').select('hour').execute();
  expect(kept).toHaveLength(2);
});

it('is told to whoever sees that the unit is there, and to nobody of another organisation', async () => {
  await using site = await openSite();
  await site.relay.addOrganisation({ organisation: 'grannby', name: 'Grannby', kind: 'municipality' });
  const { unit } = await site.unit('unit-1');
  const [anna, olle, stina] = await Promise.all([
    site.person('Anna', 'operator'),
    site.person('Olle', 'operator', 'grannby'),
    site.person('Stina', 'statistics'),
  ]);
  expect((await anna.call('unitWeek', { unit })).hours).toEqual([]);
  for (const [who, code] of [
    [olle, 'not-found'],
    [stina, 'not-allowed'],
  ] as const)
    expect((await who.call('unitWeek', { unit }).then(() => undefined, asFault))?.code).toBe(code);
});
