import { join } from 'node:path';
import { timeOfDay } from '@nattfrid/shared/domain/window';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { systemClock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { accessTable } from '../../agent/src/store/access-table.ts';
import { openDatabase } from '../../agent/src/store/database.ts';
import { unit } from '../stand-ins/home/client.ts';
import { signIn } from '../stand-ins/staff/desk-client.ts';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

const inHours = (many: number) => timeOfDay(after(systemClock.now(), hours(many)));

describe.skipIf(homeMissing() !== undefined)('outside the window, without an alarm of its own', () => {
  it('A1.1 the unit says no although the relay asks: shown in words, written on both sides, not one picture sent', {
    timeout: 180_000,
  }, async () => {
    await using site = await openHomeUnderTest({
      plan: { alarms: {}, windows: [{ id: 'senare', from: inHours(3), to: inHours(4), looks: 1 }] },
    });
    await site.home.agent.said('Plan taken');
    const { publicKey } = await makeOperatorKey();
    const reason = { type: 'window', window: 'senare' } as const;
    const asked = await site.desk.call('openLook', {}, { unit, reason, operatorKey: toBase64Url(publicKey) });
    const look = await site.until((desk) =>
      desk.looks.find((one) => one.look === asked.look && one.state === 'refused'),
    );
    expect(look.refusal).toBe('outside-window');
    expect(look.firstPictureAt).toBeUndefined();

    const log = await (await signIn(site.home.address, site.home.logIns[1])).call('audit', {}, {});
    expect(log.whole).toBe(true);
    expect(log.lines.some((line) => line.what === 'look-opened' && line.subject === asked.look)).toBe(true);

    site.home.agent.kill('SIGTERM');
    await site.home.agent.ended;
    using database = openDatabase(join(site.home.data, 'unit.db'));
    const lines = accessTable(database)
      .lines()
      .filter((line) => line.subject === asked.look);
    expect(lines.map((line) => line.what)).toEqual(['refused outside-window window senare']);
    expect(accessTable(database).firstBroken()).toBeUndefined();
  });
});
