/** Whoever stands in the home with a telephone is no computer person: no jargon on these pages, and words for every cause. */
import { InstallStep } from '@nattfrid/shared/desk/work-order-view';
import type { Refusal } from '@nattfrid/shared/domain/look';
import { WhyNotServed } from '@nattfrid/shared/wire/service-call';
import { describe, expect, it } from 'vitest';
import { enInstall } from '../../../relay/console/src/words/en-install.ts';
import { known } from '../../../relay/console/src/words/known.ts';
import { svInstall } from '../../../relay/console/src/words/sv-install.ts';

const jargon =
  /\b(rtsp|mqtt|tls|ssl|onvif|token|url|ip|ip-adress|http|https|wss?|json|dhcp|dns|nat|cgnat|apn|rsrp|snr|dbm|certifikat\w*|certificate authority|boot\w*|reboot\w*|firmware|server|broker|websocket|payload|hash|hmac|pbkdf2|hkdf|mac|codec|bitrate|stream\w*|fingerprint|relä\w*|relay|session)\b/i;

/** Of these pages: what a coordinator and the log say is theirs. */
const onThePhone = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).filter(([key]) =>
    /^(step|steps|stepWhy|pair|pairWhy|camera|room\.step|plan|leave|papers|orders|orderKind|orderState)\b/.test(key),
  );

describe('the pages of an installation', () => {
  for (const [language, words] of [
    ['Swedish', svInstall],
    ['English', enInstall],
  ] as const) {
    it(`say nothing in ${language} that has to be learnt first`, () =>
      expect(onThePhone(words).filter(([, text]) => jargon.test(text))).toEqual([]));

    it(`say it in ${language} in short sentences`, () =>
      expect(
        onThePhone(words).filter(([, text]) =>
          text.split(/[.:?!]\s/).some((sentence) => sentence.split(' ').length > 22),
        ),
      ).toEqual([]));
  }

  it('would notice jargon', () => expect(jargon.test('Öppna en RTSP-ström')).toBe(true));

  it('have a name, a drawing and something to do for every step', () => {
    for (const step of InstallStep.options)
      for (const group of ['step', 'step.do']) expect(known(group, step), `${group}.${step}`).toBeDefined();
  });

  it('have words for whatever a unit would not do', () => {
    for (const why of WhyNotServed.options) expect(known('stepWhy', why), why).toBeDefined();
  });

  it('have words for why a test look may not be opened', () => {
    const possible: readonly Refusal[] = ['no-plan', 'clock-unsure', 'outside-window', 'console-unknown'];
    for (const why of possible) expect(known('stepWhy', why), why).toBeDefined();
  });
});
