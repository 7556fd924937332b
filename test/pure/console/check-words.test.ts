/** Every code of a check has its words: how it is and why, and, where something can be done, what to do; in both languages. */
import { checkCodes } from '@nattfrid/shared/domain/check';
import { WhyNotServed } from '@nattfrid/shared/wire/service-call';
import { describe, expect, it } from 'vitest';
import { checkWords } from '../../../relay/console/src/check/check-words.ts';
import { en } from '../../../relay/console/src/words/en.ts';
import type { Say } from '../../../relay/console/src/words/say.ts';
import { sv } from '../../../relay/console/src/words/sv-all.ts';

const codes = Object.entries(checkCodes).flatMap(([name, all]) => all.map((code) => [name, code] as const));
/** Nothing can be better, or nobody can do anything about it. */
const nothingToDo = [
  ...['power.mains', 'signal.cable', 'signal.signal-good', 'time.set', 'relay.connected', 'camera.connected'],
  ...['camera.resting', 'infrared.sees-in-dark', 'view.bed-in-view', 'room.confirmed', 'plan.in-force', 'lamp.works'],
  ...['lamp.none', 'switch.none', 'switch.on', 'models.whole', 'disk.room', 'load.keeps-up', 'software.newest'],
];
const say =
  (words: Readonly<Record<string, string>>): Say =>
  (key, put = {}) =>
    (words[key] ?? '').replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(put[name]));

describe('a check', () => {
  for (const [language, words] of [
    ['sv', sv],
    ['en', en],
  ] as const) {
    for (const [name, code] of codes)
      it(`${name} ${code} is told in ${language}, with what to do unless nothing is`, () => {
        const told = checkWords({ name, code, state: 'fault' }, say(words), language);
        expect(told.says).toMatch(/^[A-ZÅÄÖ].+\.$/);
        expect(told.todo === undefined).toBe(nothingToDo.includes(`${name}.${code}`));
      });
    it(`says in ${language} why a unit has not done what was asked`, () =>
      expect(WhyNotServed.options.filter((why) => !(`whyNotServed.${why}` in words))).toEqual([]));
    it(`has no jargon in ${language}`, () => {
      const texts = Object.entries(words).filter(([key]) => /^check(Says|Do)\./.test(key));
      const jargon = /\b(MQTT|TLS|RTSP|NTP|IP|DNS|RSRP|RSRQ|SINR|GPIO|UPS|NUT|CPU|relay|token)\b/i;
      expect(texts.filter(([, text]) => jargon.test(text))).toEqual([]);
    });
  }

  it('of a newer unit is shown by its own codes, and what it measured by what is known', () =>
    expect(
      checkWords(
        { name: 'water-tank', code: 'dry', state: 'fault', figures: { litres: 3, rsrpDbm: -97.5 } },
        say(sv),
        'sv',
      ),
    ).toMatchObject({ name: 'water tank', says: 'dry', todo: undefined, figures: ['styrka −97,5 dBm'] }));
});
