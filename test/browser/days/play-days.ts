/** Plays the days: a relay that is filled for each place, a browser of its own for each role, and a check at the relay after each deed. */
import { join } from 'node:path';
import type { Role } from '@nattfrid/shared/desk/role';
import { elapsed, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { openWay, type Way } from '@nattfrid/stand-ins/way';
import { findFfmpeg } from '../../support/ffmpeg.ts';
import { movingPictures } from '../../support/h264-stream.ts';
import { signIn } from '../../support/person.ts';
import { openChromium } from '../chromium.ts';
import { fill, walkers, word } from '../screens/municipality.ts';
import { signInOn } from '../sign-in-on.ts';
import { openSite } from '../site.ts';
import { type Deed, dayOf } from './day-of.ts';
import { type Place, places } from './places.ts';

export interface Played {
  readonly role: Role;
  readonly deed: string;
  readonly seconds: number;
  readonly fault: string | undefined;
}

/** What a press may take to come to the relay over the worst of the ways, and what is asked back. */
const patience = 60_000;

export async function playDays(asked: {
  readonly chromium: string;
  readonly place: Place;
  readonly roles: readonly Role[];
  readonly out: string | undefined;
  readonly told: (played: Played) => void;
}): Promise<void> {
  const { browser: wears, ...where } = places[asked.place];
  await using site = await openSite(await movingPictures(findFfmpeg()), {
    ...{ overdueAfterSeconds: 3600, visitAfterSeconds: 86_400, againAfterSeconds: 86_400 },
    goingAgainAfterSeconds: 86_400,
  });
  const town = await fill(site);
  await using way = await openWay(site.relay.url, systemClock, 'distance' in where ? where.distance : undefined);
  await using browser = await openChromium(asked.chromium);
  for (const { role, email } of walkers.filter((one) => one.where === 'full' && asked.roles.includes(one.role))) {
    const context = await browser.newContext({ ...wears, locale: 'sv-SE', acceptDownloads: true });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const self = await signIn(site.relay, email, word);
    const coordinator = await signIn(site.relay, 'coordinator@example.se', word);
    const around = { page, town, url: way.url, self, coordinator, wide: asked.place === 'desk' };
    const deeds: readonly Deed[] = [
      { name: 'signs in', do: () => signInOn(page, way.url, { email, password: word }) },
      ...dayOf[role],
    ];
    for (const [index, deed] of deeds.entries()) {
      if ('distance' in where && index === 1) cutSoon(way);
      const began = elapsed();
      const fault = await done(deed, around);
      asked.told({ role, deed: deed.name, seconds: (elapsed() - began) / 1000, fault });
      if (!fault) continue;
      if (asked.out) await page.screenshot({ path: join(asked.out, `${asked.place}-${role}-${index}.png`) });
    }
    await context.close();
  }
}

/** In the middle of the first deed. */
const cutSoon = (way: Way): void => void systemClock.sleep(milliseconds(1500)).then(() => way.cut());

/** @returns what went wrong, in a line */
async function done(deed: Deed, around: Parameters<Deed['do']>[0]): Promise<string | undefined> {
  try {
    await deed.do(around);
    const until = elapsed() + patience;
    while (deed.holds && !(await deed.holds(around))) {
      if (elapsed() > until) return 'the relay knows nothing of it';
      await systemClock.sleep(milliseconds(200));
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(0, 200) : String(error);
  }
}
