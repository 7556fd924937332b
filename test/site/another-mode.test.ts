/** A wish to be shown more than was agreed, asked of a real unit: it says no by its own copy of the plan; less, or what was agreed besides, it shows. */
import { join } from 'node:path';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { accessTable } from '../../agent/src/store/access-table.ts';
import { openDatabase } from '../../agent/src/store/database.ts';
import { unit } from '../../scripts/demo-night/home.ts';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

describe.skipIf(homeMissing() !== undefined)('an open look', () => {
  it('is shown another way where the plan agrees to it, and in no other', { timeout: 180_000 }, async () => {
    await using site = await openHomeUnderTest({
      plan: { alarms: {}, watch: 'looks-only', mode: 'blur', alsoAgreed: ['blocks'] },
      // Nobody sees this one, and a busy machine may take its time.
      relaySettings: { firstPictureWithinSeconds: 120, answerWithinSeconds: 60 },
    });
    await site.home.agent.said('Plan taken');
    const operatorKey = toBase64Url((await makeOperatorKey()).publicKey);
    const reason = { type: 'window', window: 'natt' } as const;
    const { look } = await site.desk.call('openLook', {}, { unit, reason, operatorKey });
    const open = () => site.until((desk) => desk.looks.find((one) => one.look === look && one.state === 'open'));
    await open();
    const wish = async (mode: Mode) => {
      await site.desk.call('wishMode', { look }, { mode });
      return site.until((desk) => {
        const found = desk.looks.find((one) => one.look === look);
        return found && (!found.wish || found.wish.why) ? (found.wish?.why ?? found.mode) : undefined;
      });
    };
    expect(await wish('clear')).toBe('mode-not-agreed');
    expect(await wish('blocks')).toBe('blocks');
    expect(await wish('silhouette')).toBe('silhouette');
    expect((await open()).firstMode).toBe('blur');

    site.home.agent.kill('SIGTERM');
    await site.home.agent.ended;
    using database = openDatabase(join(site.home.data, 'unit.db'));
    const lines = accessTable(database)
      .lines()
      .filter((line) => line.subject === look)
      .map((line) => line.what.replace(/ until .*/, ''));
    expect(lines.slice(0, 4)).toEqual([
      'opened window natt mode blur',
      'mode-refused clear mode-not-agreed',
      'mode-changed blocks',
      'mode-changed silhouette',
    ]);
    expect(accessTable(database).firstBroken()).toBeUndefined();
  });
});
