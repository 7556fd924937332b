/** Everybody walks through everything: the relay is filled, each role goes where its links lead, and the scenes are played. */
import { findFfmpeg } from '../../support/ffmpeg.ts';
import { movingPictures } from '../../support/h264-stream.ts';
import { openChromium } from '../chromium.ts';
import { openSite } from '../site.ts';
import { prepare } from './look-over.ts';
import { cookieOf, fill, spokenData, type Walker, walkers } from './municipality.ts';
import { dataWords } from './other-language.ts';
import { accountMenu, type Scene, scenes } from './scenes.ts';
import { crawl, lookAt, type Screen, settled, shoot, speak, type Thoroughness, type Walk } from './walk.ts';

export interface Asked extends Thoroughness {
  readonly chromium: string;
  readonly out: string | undefined;
  readonly only?: RegExp | undefined;
  /** Only these; absent: all. */
  readonly roles?: readonly string[] | undefined;
  readonly told?: (screen: Screen) => void;
}

/** The console's own table of addresses, as it is in its source. */
async function patternsOfConsole(): Promise<Walk['patterns']> {
  const { runnerImport } = await import('vite');
  const way = new URL('../../../relay/console/src/parts/way.tsx', import.meta.url).pathname;
  const { module } = await runnerImport<{ readonly patterns: Walk['patterns'] }>(way, { logLevel: 'error' });
  return module.patterns;
}

/** @returns all screens, and the pages that nobody's links led to */
export async function walkAll(
  asked: Asked,
): Promise<{ readonly all: readonly Screen[]; readonly unreached: readonly string[] }> {
  const patterns = await patternsOfConsole();
  await using site = await openSite(await movingPictures(findFfmpeg()), {
    // One minute until an alarm is told louder, and no visit by itself: the desk stays as it was filled.
    ...{
      overdueAfterSeconds: 60,
      visitAfterSeconds: 86_400,
      againAfterSeconds: 86_400,
      goingAgainAfterSeconds: 86_400,
    },
  });
  const town = await fill(site);
  await using browser = await openChromium(asked.chromium);
  const all: Screen[] = [];
  const reached = new Set<string>();
  const walk: Walk = {
    ...asked,
    only: asked.only,
    url: site.relay.url,
    patterns,
    said: () => dataWords(...spokenData),
    known: new Set(),
    told: (screen) => {
      all.push(screen);
      asked.told?.(screen);
    },
  };
  const open = async (email: string | undefined) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'sv-SE' });
    context.setDefaultTimeout(20_000);
    await prepare(context);
    if (email) await context.addCookies(await cookieOf(site.relay, email));
    return context;
  };
  const play = async (
    { name, play }: Pick<Scene, 'name' | 'play'>,
    walker: string,
    context: Awaited<ReturnType<typeof open>>,
  ) => {
    if (walk.only && !walk.only.test(name)) return;
    for (const language of walk.languages) {
      const page = await context.newPage();
      await speak(page, walk.url, language);
      await page.reload();
      const failed = await play(page, { town, url: walk.url, language }).then(
        () => undefined,
        (error: Error) => error.message.split('\n')[0],
      );
      await settled(page, language);
      const of = { page: name, state: '', walker, language };
      if (failed) {
        walk.told({ ...of, findings: [{ rule: 'scene did not come about', words: failed }] });
        if (walk.out) await shoot(page, walk.out, `${name}-${language}-not-come-about`.replace(/\W+/g, '-'));
      } else await lookAt(walk, page, of, true);
      await page.close();
    }
  };
  if (!asked.roles && !asked.once) {
    await using nobody = await open(undefined);
    for (const scene of scenes.filter(({ role }) => role === undefined)) await play(scene, 'nobody', nobody);
  }
  const toWalk = asked.once ? walkers.toSorted(byReach) : walkers;
  for (const [number, { role, email, where }] of toWalk.entries()) {
    if (asked.roles && !asked.roles.includes(role)) continue;
    if (asked.once && Object.keys(patterns).every((page) => reached.has(page))) break;
    const walker = where === 'full' ? role : `${role}, nothing there yet`;
    await using context = await open(email);
    const own = asked.once ? turnsOf(walk, number) : walk;
    for (const page of await crawl(own, walker, context, where === 'full' ? town.addresses : [])) reached.add(page);
    if (asked.once) continue;
    await play({ name: 'account menu', play: accountMenu }, walker, context);
    for (const scene of scenes.filter((one) => one.role === role && (one.where ?? 'full') === where))
      await play(scene, walker, context);
  }
  const unreached = asked.roles ? [] : Object.keys(patterns).filter((page) => !reached.has(page));
  return { all, unreached };
}

/** Those who see most first: the others are asked only for what these do not reach. */
const first = ['operator', 'coordinator', 'administrator'];
const byReach = (a: Walker, b: Walker) => rank(a) - rank(b);
const rank = ({ role, where }: Walker) => (where === 'empty' ? 20 : (first.indexOf(role) + 10) % 10);

/** One language and one theme each, by turns. */
const turnsOf = (walk: Walk, number: number): Walk => ({
  ...walk,
  languages: walk.languages.slice(number % 2, (number % 2) + 1),
  themes: walk.themes.slice(number % 2, (number % 2) + 1),
});
