/** Whoever looks would rather have the person shown another way: written down before the unit is asked, and the unit decides. */
import type { Mode } from '@nattfrid/shared/domain/plan';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAlarmLook } from '../../support/alarm-look.ts';
import type { Person } from '../../support/person.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import type { Credential, SpeakingUnit } from '../../support/speaking-unit.ts';

let site: Site;
let anna: Person;
let bo: Person;
let siv: Person;
beforeAll(async () => {
  site = await openSite();
  [anna, bo] = [await site.person('Anna', 'operator'), await site.person('Bo', 'operator')];
  siv = await site.person('Siv', 'coordinator');
});
afterAll(() => site[Symbol.asyncDispose]());

let home: Credential;
let unit: SpeakingUnit;
let look: string;
let homes = 0;
beforeEach(async () => {
  ({ home, unit, look } = await openAlarmLook(site, anna, `home-${++homes}`));
  await vi.waitFor(async () => expect(await shown()).toMatchObject({ state: 'open' }));
  return () => unit[Symbol.asyncDispose]();
});

const wish = (mode: Mode, by = anna) => by.call('wishMode', { look }, { mode });
const shown = async () => (await anna.desk()).looks.find((one) => one.look === look)!;
const answer = (body: { type: 'mode-changed'; mode: Mode } | { type: 'mode-refused'; mode: Mode; why: never }) =>
  unit.say('look-answer', { ...body, look: look as never });
const log = async () =>
  (await siv.call('audit')).lines
    .filter(({ subject }) => subject === look)
    .map(({ who, what, details }) => [who, what, details['mode'], details['why']].filter(Boolean).join(' '))
    .reverse();
const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (fault) => fault.code,
  );

describe('a wish to see the person another way', () => {
  it('is written down by name before the unit is asked, and shows nothing else until that has answered', async () => {
    expect(await wish('blur')).toMatchObject({ mode: 'silhouette', wish: { mode: 'blur' } });
    expect(await log()).toEqual(['Anna look-opened', 'Anna look-mode-wished blur']);
    const asked = await unit.told('look-wish');
    expect(asked).toEqual({ look, operator: expect.stringMatching(/^op-[0-9a-f]{12}$/), mode: 'blur' });
  });

  it('is granted by the unit, and taken back the same way', async () => {
    await wish('blur');
    await answer({ type: 'mode-changed', mode: 'blur' });
    await vi.waitFor(async () => expect(await shown()).toMatchObject({ mode: 'blur', firstMode: 'silhouette' }));
    expect((await shown()).wish).toBeUndefined();
    await wish('silhouette');
    await answer({ type: 'mode-changed', mode: 'silhouette' });
    await vi.waitFor(async () => expect((await shown()).firstMode).toBeUndefined());
    expect((await log()).slice(1)).toEqual([
      'Anna look-mode-wished blur',
      `unit ${home.unit} look-mode-changed blur`,
      'Anna look-mode-wished silhouette',
      `unit ${home.unit} look-mode-changed silhouette`,
    ]);
  });

  it('is refused by the unit with its reason, in the look and in the log', async () => {
    await wish('clear');
    await answer({ type: 'mode-refused', mode: 'clear', why: 'mode-not-agreed' as never });
    await vi.waitFor(async () =>
      expect(await shown()).toMatchObject({ mode: 'silhouette', wish: { mode: 'clear', why: 'mode-not-agreed' } }),
    );
    expect(await log()).toContain(`unit ${home.unit} look-mode-refused clear mode-not-agreed`);
  });

  it('is for whoever opened the look alone, and only while it is open', async () => {
    expect(await code(wish('blur', bo))).toBe('not-allowed');
    expect(await code(wish('blur', siv))).toBe('not-allowed');
    await anna.call('closeLook', { look });
    expect(await code(wish('blur'))).toBe('not-now');
    expect(await unit.untold('look-wish')).toBe(0);
  });

  it('is gone where the unit cannot be asked', async () => {
    await unit[Symbol.asyncDispose]();
    await vi.waitFor(async () => expect(await code(wish('blur'))).toBe('unit-unreachable'));
    expect((await shown()).wish).toBeUndefined();
  });
});
