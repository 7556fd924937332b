/** A relay that swaps a key, the unit's or the operator's: a real unit and the real console each stop, say so, and write it down. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LookId } from '@nattfrid/shared/domain/ids';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import { unit } from '../stand-ins/home/client.ts';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { signIn } from '../stand-ins/staff/desk-client.ts';
import { openOperator } from '../stand-ins/staff/operator.ts';
import { homeMissing, openHomeUnderTest } from '../support/home-under-test.ts';

const chromium = findChromium(process.env);
const why = homeMissing() ?? (chromium ? undefined : 'no Chromium');
if (why) console.log(`SKIPPED: pinned keys are not tried on a real home: ${why}`);
const reason = { type: 'window', window: 'natt' } as const;

describe.skipIf(why !== undefined)('a key that was swapped', () => {
  it('stops the look, at whichever end it is, and stands in both logs', { timeout: 400_000 }, async () => {
    await using site = await openHomeUnderTest({ plan: { alarms: {}, watch: 'looks-only' } });
    await site.until((desk) => desk.units.find((one) => one.presence === 'here' && one.plan?.taken));
    const [logIn, coordinator] = site.home.logIns;
    const profile = join(site.folder, 'browser');
    mkdirSync(profile);
    await using operator = await openOperator(chromium as string, profile);
    await operator.signIn(site.home.address, logIn.email, logIn.password);
    const { page } = operator;

    // The operator's console becomes known to the unit, and the unit to the console: the unit says yes.
    await operator.opensDueLook();
    await page.getByTestId('look-page').waitFor();
    const none = () =>
      site.until(({ looks }) => looks.every(({ state }) => state !== 'asked' && state !== 'open') || undefined);
    await site.until(({ looks }) => looks.find(({ state }) => state === 'open'));
    expect(accessLines(site.home.data)).toContainEqual(expect.stringMatching(/^console-known /));
    // Done, so that what is asked for next is another look.
    await page.getByTestId('verdict-help-needed').first().click();
    await page.getByTestId('verdict-confirm').click();
    await none();

    // A relay asks in this operator's name: without a signature, with a console of its own, with the municipality's word for that.
    const asks = async (more: object) => {
      const key = await makeOperatorKey();
      const asked = { unit, reason, operatorKey: toBase64Url(key.publicKey) };
      const { look } = await site.desk.call('openLook', {}, { ...asked, ...more });
      return answered(look);
    };
    const answered = (look: LookId) =>
      site.until((desk) => {
        const found = desk.looks.find((one) => one.look === look);
        return found && found.state !== 'asked' ? (found.refusal ?? found.state) : undefined;
      });
    expect(await asks({})).toBe('key-changed');
    const another = await makeSignKey();
    const operatorKey = toBase64Url((await makeOperatorKey()).publicKey);
    const at = printInstant(systemClock.now());
    const proof = await proveConsole({ unit, reason, operatorKey, at }, another, undefined);
    expect(await asks({ operatorKey, console: proof })).toBe('key-changed');
    const voucher = await site.home.vouch(toBase64Url(another.publicKey));
    expect(await asks({ operatorKey, console: { ...proof, voucher } })).not.toBe('open');
    const freshKey = toBase64Url((await makeOperatorKey()).publicKey);
    const fresh = await proveConsole({ unit, reason, operatorKey: freshKey, at }, another, voucher);
    expect(await asks({ operatorKey: freshKey, console: fresh })).toBe('open');
    expect(accessLines(site.home.data).filter((line) => line.startsWith('refused key-changed'))).toHaveLength(2);
    for (const one of (await site.desk.call('desk', {}, {})).looks)
      if (one.state === 'open') await site.desk.call('closeLook', { look: one.look }, {});
    await none();

    // The relay names another key for the unit: the console asks for nothing, says so, and has it written down.
    const relay = new DatabaseSync(join(site.folder, 'relay.sqlite'), { timeout: 5000 });
    relay
      .prepare('update units set public_key = ? where unit = ?')
      .run(toBase64Url((await makeSignKey()).publicKey), unit);
    relay.close();
    // That the last look has ended reaches the unit's own log after the relay has said so: from here on it stands still.
    await expect.poll(() => unended(site.home.data), { timeout: 60_000 }).toBe(0);
    const before = accessLines(site.home.data);
    await page.goto(site.home.address);
    await page.locator('[data-testid="look-card"][data-state="refused"]').first().getByTestId('show-look').click();
    await page.getByTestId('open-look').first().click();
    await expect
      .poll(() => page.getByTestId('fault').first().textContent(), { timeout: 60_000 })
      .toContain('annan nyckel');
    expect(accessLines(site.home.data)).toEqual(before);
    const { lines } = await (await signIn(site.home.address, coordinator)).call('audit', {}, {});
    expect(lines.map((line) => line.what)).toContain('key-changed');
  });
});

/** How many looks have a line for their beginning and none for their end yet. */
function unended(data: string): number {
  const lines = accessLines(data);
  return lines.filter((line) => /^opened /.test(line)).length - lines.filter((line) => /^ended /.test(line)).length;
}

/** What the unit itself has written down. */
function accessLines(data: string): readonly string[] {
  using database = new DatabaseSync(join(data, 'unit.db'), { readOnly: true, timeout: 5000 });
  return database
    .prepare('select what from access order by number')
    .all()
    .map((row) => String(row['what']));
}
