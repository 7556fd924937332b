/** Several operators on one list, of two organisations, with a restart of the relay in between: no two meet in a home, and each screen says whose it is. */
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay, type Relay } from '@nattfrid/relay/relay';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { ReservedView } from '@nattfrid/shared/desk/night-view';
import { silent } from '@nattfrid/shared/log/logger';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it, vi } from 'vitest';
import { type Person, signIn } from '../../support/person.ts';
import { aPlan } from '../../support/relay-samples.ts';
import { openSite, orThrow } from '../../support/relay-under-test.ts';

const operatorKey = 'k'.repeat(43);

/** What somebody's screen says of homes that are about to be looked into, by the live stream alone. */
async function screenOf(person: Person) {
  const live = await person.socket('/live');
  let reserved: readonly ReservedView[] | undefined;
  live.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString('utf8')) as LiveEvent;
    if (event.type === 'desk') reserved = event.desk.night?.reserved ?? [];
    if (event.type === 'night') reserved = event.night.reserved;
  });
  const says = (expected: readonly string[]) =>
    vi.waitFor(() => expect(reserved?.map(({ client, who }) => `${client} ${who}`)).toEqual(expected));
  return { says, [Symbol.dispose]: () => live.close() };
}

it('A1.10 A5.8 a home is one operator’s past a restart of the relay, for those of an agreement too, until the minute or the session is over', async () => {
  const clock = movedClock(instant(Date.parse('2026-11-21T21:00:00Z')));
  await using site = await openSite({ clock, settings: { silentAfterSeconds: 3600 } });
  for (const [organisation, name] of [
    ['larm', 'Larmcentralen'],
    ['annan', 'En annan'],
  ] as const)
    await site.relay.addOrganisation({ organisation, name, kind: 'operator' });
  const anna = await site.person('Anna', 'operator');
  const adam = await site.person('Adam', 'administrator');
  const lars = await site.person('Lars', 'operator', 'larm');
  const xena = await site.person('Xena', 'operator', 'annan');
  const from = '2026-01-01T00:00:00.000Z';
  await adam.call('addAgreement', {}, { operator: 'larm', what: ['looks'], from });
  for (const name of ['a', 'b']) {
    const home = await site.unit(`home-${name}`, `Hem ${name}`);
    await site.sendPlan(aPlan(home.unit, { client: `Hem ${name}` as never }));
  }
  await clock.advance(seconds(2));

  {
    using annas = await screenOf(anna);
    using larss = await screenOf(lars);
    using xenas = await screenOf(xena);
    const mine = (await anna.call('nextLook')).reserved!;
    const theirs = (await lars.call('nextLook')).reserved!;
    expect([mine.client, theirs.client].toSorted()).toEqual(['Hem a', 'Hem b']);
    expect((await xena.call('nextLook')).reserved).toBeUndefined();
    const both = [`${mine.client} Anna`, `${theirs.client} Lars`];
    await annas.says(both);
    await larss.says(both);
    await xenas.says([]);
    await lars.call('skipLook', { look: theirs.look });
    await annas.says([`${mine.client} Anna`]);
    await larss.says([`${mine.client} Anna`]);
  }
  const { client, look } = (await anna.desk()).night!.reserved[0]!;
  const { unit, reason } = (await anna.desk()).looks.find((one) => one.look === look)!;
  await clock.advance(seconds(20));

  await site.relay[Symbol.asyncDispose]();
  const again = async (): Promise<Relay> =>
    openRelay(orThrow(checkSettings(site.settings)), { clock, log: silent, newId: randomUUID });
  {
    await using relay = await again();
    const larsAnew = await signIn(relay, 'lars@testby.se');
    using screen = await screenOf(larsAnew);
    await screen.says([`${client} Anna`]);
    const asked = { unit, reason, look, operatorKey };
    await expect(larsAnew.call('openLook', {}, asked)).rejects.toMatchObject({
      code: 'not-now',
      message: expect.stringContaining('Anna'),
    });
    expect((await larsAnew.call('nextLook')).reserved!.client).not.toBe(client);
    // It was hers for a minute, and is for what is left of it.
    await clock.advance(seconds(38));
    await screen.says([`${client} Anna`, expect.stringContaining('Lars')] as never);
    await clock.advance(seconds(3));
    await screen.says([expect.stringContaining('Lars')] as never);
    // Whoever signs out gives back what was theirs, at once.
    const annaAnew = await signIn(relay, 'anna@testby.se');
    await annaAnew.call('nextLook');
    await annaAnew.call('signOut');
    await clock.advance(seconds(2));
    await screen.says([expect.stringContaining('Lars')] as never);
  }
});
