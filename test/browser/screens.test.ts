/** Every page of the console's own table of addresses, once: reached by links, without a barrier, in one language alone. The whole walk is `npm run screens`. */
import { expect, it } from 'vitest';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { dataWords, foreignWords } from './screens/other-language.ts';
import { walkAll } from './screens/walk-all.ts';

const chromium = findChromium(process.env);
const missing = [chromium ? '' : 'Chromium (NATTFRID_CHROMIUM)', findFfmpeg() ? '' : 'ffmpeg'].filter(Boolean);
if (missing.length > 0)
  console.log(`SKIPPED: the pages are not walked through: there is no ${missing.join(' and no ')}.`);

it.skipIf(missing.length > 0)(
  'every page is reached by a link, and holds no barrier',
  { timeout: 240_000 },
  async () => {
    const { all, unreached } = await walkAll({
      ...{ chromium: chromium ?? '', out: undefined, languages: ['sv', 'en'], themes: ['dark', 'light'] },
      ...{ widths: ['desk'], whole: false, once: true },
    });
    expect(unreached).toEqual([]);
    expect(
      all.flatMap(({ page, language, findings }) => findings.map((one) => [page, language, one.rule, one.words])),
    ).toEqual([]);
    expect(all.length).toBeGreaterThan(25);
  },
);

it.for([
  ['a code that has no words', 'varför: alarm-look-not-agreed', 'sv', ['alarm', 'look', 'not', 'agreed']],
  ['a label of a library', 'Toggle password visibility', 'sv', ['password']],
  ['a Swedish word', 'Besöket är klart', 'en', ['besöket', 'är', 'klart']],
  ['what is data', 'Björken 3', 'en', []],
  ['what is of both', 'Plan, team, version 3', 'sv', []],
] as const)('the other language is found: %s', ([, words, language, found]) => {
  const faults = foreignWords([{ words, where: 'text', at: 'p', lang: language }], language, dataWords('Björken 3'));
  expect(faults.map((fault) => /: ([^:]*) \(p\)$/.exec(fault)?.[1])).toEqual(
    found.length > 0 ? [found.join(', ')] : [],
  );
});
