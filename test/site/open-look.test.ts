/** A look that is opened again, and a wish to be shown more than was agreed, asked of a real unit: to the wish it says no by its own copy of the plan; less, or what was agreed besides, it shows. */
import { join } from 'node:path';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { proveWish } from '@nattfrid/shared/seal/wish-proof';
import { systemClock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTable } from '../../agent/src/store/access-table.ts';
import { openDatabase } from '../../agent/src/store/database.ts';
import { unit } from '../stand-ins/home/client.ts';
import { type HomeUnderTest, homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

describe.skipIf(homeMissing() !== undefined)('a look', { timeout: 180_000 }, () => {
  let site: HomeUnderTest;
  let look: LookId;
  let signer: SignKey;
  const found = (name: LookView['state']) =>
    site.until((desk) => desk.looks.find((one) => one.look === look && one.state === name));
  let operatorKey: string;
  const now = () => printInstant(systemClock.now());
  async function open(): Promise<void> {
    operatorKey = toBase64Url((await makeOperatorKey()).publicKey);
    const asked = { unit, reason: { type: 'window', window: 'natt' } as const, operatorKey, ...(look && { look }) };
    const console = await proveConsole({ ...asked, at: now() }, signer, undefined);
    const opened = await site.desk.call('openLook', {}, { ...asked, console });
    look = opened.look;
    await found('open');
  }
  beforeAll(async () => {
    signer = await makeSignKey();
    site = await openHomeUnderTest({
      plan: { alarms: {}, watch: 'looks-only', mode: 'blur', alsoAgreed: ['blocks'] },
      // Nobody sees this one, and a busy machine may take its time.
      relaySettings: { firstPictureWithinSeconds: 120, answerWithinSeconds: 60 },
    });
    await site.home.agent.said('Plan taken');
  }, 180_000);
  afterAll(() => site?.[Symbol.asyncDispose]());

  it('that was closed before anything was seen is opened again', async () => {
    await open();
    const before = look;
    await site.desk.call('closeLook', { look }, {});
    await found('due');
    await open();
    expect(look).toBe(before);
  });

  it('is shown another way where the plan agrees to it, and in no other', async () => {
    const wish = async (mode: Mode, signs = true) => {
      const console = signs && (await proveWish({ unit, look, operatorKey, mode, at: now() }, signer));
      await site.desk.call('wishMode', { look }, { mode, ...(console && { console }) });
      return site.until((desk) => {
        const found = desk.looks.find((one) => one.look === look);
        return found && (!found.wish || found.wish.why) ? (found.wish?.why ?? found.mode) : undefined;
      });
    };
    expect(await wish('clear')).toBe('mode-not-agreed');
    // Agreed, but nobody has signed for it: the relay may have made it up.
    expect(await wish('blocks', false)).toBe('console-proof-wrong');
    expect(await wish('blocks')).toBe('blocks');
    expect(await wish('silhouette')).toBe('silhouette');
    expect((await found('open')).firstMode).toBe('blur');

    site.home.agent.kill('SIGTERM');
    await site.home.agent.ended;
    using database = openDatabase(join(site.home.data, 'unit.db'));
    const lines = accessTable(database)
      .lines()
      .filter((line) => line.subject === look)
      .map((line) => line.what.replace(/ until .*/, ''));
    expect(lines.slice(0, 8)).toEqual([
      expect.stringMatching(/^console-known /),
      'opened window natt mode blur',
      'ended operator-closed',
      'opened window natt mode blur',
      'mode-refused clear mode-not-agreed',
      'mode-refused blocks console-proof-wrong',
      'mode-changed blocks',
      'mode-changed silhouette',
    ]);
    expect(accessTable(database).firstBroken()).toBeUndefined();
  });
});
