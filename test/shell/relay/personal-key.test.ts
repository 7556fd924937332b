/** The key for personal details: missing, another one, exchanged; the relay goes on, says so, and nothing is lost. */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { backUp } from '@nattfrid/relay/backup/backup';
import { inWords } from '@nattfrid/relay/backup/look-at';
import { checkSettings } from '@nattfrid/relay/config/load';
import { makePersonalKey } from '@nattfrid/relay/personal/personal-key';
import { rotatePersonalKey } from '@nattfrid/relay/personal/rotate';
import { openRelay } from '@nattfrid/relay/relay';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import { expect, it } from 'vitest';
import { aConsent, aDecision, aForm, gunborg, secrets } from '../../support/care-samples.ts';
import { wholeOf } from '../../support/disk.ts';
import { signIn } from '../../support/person.ts';
import { openSite, orThrow } from '../../support/relay-under-test.ts';

it('A5.11 A7.7 who clients are is read with its key alone: a wrong or missing one is told, and everything else goes on', async () => {
  await using site = await openSite();
  const { folder } = site;
  const karin = await site.person('Karin', 'coordinator');
  const { client } = await karin.call('addClient', {}, { personal: gunborg });
  await karin.call('decide', { client }, aDecision());
  await karin.call('giveConsent', { client }, aConsent('cohabitant'));
  await karin.call('draftPlan', { client }, aForm());
  const { held } = await backUp(site.database, join(folder, 'backup.sqlite'), systemClock);
  const name = held.personalKey ?? '';
  expect(inWords(held)).toContain(`the key ${name} is needed for personal details, and is not in it`);
  const files = { from: site.settings.personalKey ?? '', to: join(folder, 'new.key') };
  const newName = makePersonalKey(files.to);
  await expect(rotatePersonalKey(site.database, files, systemClock)).rejects.toMatchObject({ code: 'not-now' });
  await site.relay[Symbol.asyncDispose]();

  const told: string[] = [];
  const log: Logger = { ...silent, error: (words) => void told.push(words), child: () => log };
  async function withKey(personalKey: string | undefined) {
    const { personalKey: _before, ...others } = site.settings;
    const settings = orThrow(checkSettings({ ...others, ...(personalKey && { personalKey }) }));
    await using relay = await openRelay(settings, { clock: systemClock, log, newId: randomUUID });
    const again = await signIn(relay, 'karin@testby.se');
    expect((await again.desk()).alarms).toEqual([]);
    return await again.call('client', { client }).then(
      (view) => view.personal.name,
      (fault: { code: string }) => fault.code,
    );
  }
  expect(await withKey(undefined)).toBe('personal-key-missing');
  expect(await withKey(files.to)).toBe('personal-key-wrong');
  expect(told.join('\n')).toMatch(/has no key for personal details.*\n.*sealed under the key/);

  const { texts, key } = await rotatePersonalKey(site.database, files, systemClock);
  expect([texts, key]).toEqual([4, newName]);
  expect(await withKey(files.from)).toBe('personal-key-wrong');
  expect(await withKey(files.to)).toBe(gunborg.name);
  const bytes = wholeOf(site.database);
  for (const word of secrets) expect([word, bytes.includes(word)]).toEqual([word, false]);
});
