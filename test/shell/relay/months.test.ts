/** Months and checklists on a real relay with a moved clock: what is made by itself, what is kept, and what nobody's name stands in. */
import { days, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

/** Forty seconds before December, by the clock on the wall in Stockholm. */
const clock = movedClock(instant(Date.parse('2026-11-30T22:59:20Z')));
const patient = { lateAfterSeconds: 80_000, silentAfterSeconds: 86_000 };
let site: Site;
let unit: SpeakingUnit;
let [anna, siv]: Person[] = [];

async function falls(): Promise<void> {
  const fall = aFall();
  await unit.say('alarm-report', fall);
  await anna!.call('takeAlarm', { alarm: fall.alarm });
  await anna!.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'all-well', confirmed: true });
}

beforeAll(async () => {
  site = await openSite({ clock, settings: patient });
  [anna, siv] = [await site.person('Anna', 'operator'), await site.person('Siv', 'coordinator')];
  unit = await connectUnit(site.relay, await site.unit('sovrum-1', 'Alma'), { over: 'tcp' });
  await falls();
});
afterAll(async () => {
  await unit[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

describe('A9.6 the summary of a month', () => {
  it('is made by itself once the month is over, and its being there is told until somebody has read it', async () => {
    await clock.advance(seconds(31));
    expect((await siv!.call('months')).months).toEqual([]);
    await clock.advance(seconds(60));
    expect(await siv!.call('months')).toMatchObject({ months: [{ month: '2026-11' }] });
    expect((await siv!.call('months')).months[0]).not.toHaveProperty('openedAt');
    const november = await siv!.call('month', { month: '2026-11' });
    expect(november).toMatchObject({ homes: 1, nights: 30, alarms: [{ kind: 'fall', alarms: 1, falseAlarms: 1 }] });
    expect((await siv!.call('months')).months[0]).toHaveProperty('openedAt');
  });

  it('has no client in it and nobody of the staff, and goes on standing as it was made', async () => {
    await falls();
    const november = await siv!.call('month', { month: '2026-11' });
    expect(JSON.stringify(november)).not.toMatch(/Alma|Anna|sovrum-1/);
    expect(november.alarms[0]?.alarms).toBe(1);
  });

  it('is made again where the clock stood wrong when it was made', async () => {
    clock.stepWall(days(31));
    await clock.advance(seconds(61));
    expect((await siv!.call('months')).months.map(({ month }) => month)).toEqual(['2026-12', '2026-11']);
    clock.stepWall(milliseconds(-days(31)));
    await clock.advance(seconds(61));
    expect((await siv!.call('months')).months.map(({ month }) => month)).toEqual(['2026-11']);
  });

  it('is nobody’s who does not follow up, and is told in words where there is none', async () => {
    await expect(anna!.call('months')).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(siv!.call('month', { month: '2026-12' })).rejects.toMatchObject({
      message: 'There is no summary of 2026-12: it is made once the month is over.',
    });
  });
});

describe('A3.10 a checklist', () => {
  const listOf = async (kind: string) => (await siv!.call('checklists')).lists.find((one) => one.kind === kind)!;

  it('is filled in for a home, with who and when beside each item, and taken back where it was a mistake', async () => {
    const { filled } = await anna!.call('beginChecklist', {}, { kind: 'return', client: 'Alma' });
    const one = filled[0]!;
    expect(one).toMatchObject({ kind: 'return', version: 0, client: 'Alma', begunBy: 'Anna' });
    const tick = (who: Person, item: string, done = true) =>
      who.call('tickChecklist', { filled: one.filled }, { item, done });
    await tick(anna!, 'unit-off', true);
    await tick(anna!, 'unit-off', false);
    for (const { item } of one.items) await tick(item === 'sent' ? siv! : anna!, item);
    const now = (await siv!.call('checklists')).filled[0]!;
    expect(now.doneAt).toBeDefined();
    expect(now.items.map(({ doneBy }) => doneBy)).toEqual([...Array(one.items.length - 1).fill('Anna'), 'Siv']);
    const whats = (await siv!.call('audit')).lines.map(({ what }) => what);
    expect(whats).toEqual(expect.arrayContaining(['checklist-begun', 'checklist-ticked', 'checklist-taken-back']));
  });

  it('becomes another version at each change, and what was begun keeps its own', async () => {
    await anna!.call('beginChecklist', {}, { kind: 'install', unit: 'sovrum-1' });
    const before = await listOf('install');
    const items = [...before.items.slice(0, 2), { item: 'own-1', words: 'Ring grannen' }];
    await siv!.call('changeChecklist', { kind: 'install' }, { basedOn: 0, items });
    expect(await listOf('install')).toMatchObject({ version: 1, madeBy: 'Siv', items });
    await expect(siv!.call('changeChecklist', { kind: 'install' }, { basedOn: 0, items })).rejects.toMatchObject({
      message: expect.stringContaining('version 1'),
    });
    const begun = (await anna!.call('checklists')).filled.find(({ kind }) => kind === 'install');
    expect([begun?.version, begun?.items.length]).toEqual([0, before.items.length]);
    const { filled } = await anna!.call('beginChecklist', {}, { kind: 'install', client: 'Alma' });
    expect(filled.find(({ version }) => version === 1)).toMatchObject({ kind: 'install', items });
  });

  it('is changed by a coordinator alone, is about a home that there is, and says what is wrong with it', async () => {
    const items = [{ item: 'own-1' }];
    await expect(anna!.call('changeChecklist', { kind: 'swap' }, { basedOn: 0, items })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(siv!.call('changeChecklist', { kind: 'swap' }, { basedOn: 0, items })).rejects.toMatchObject({
      message: 'The item own-1 has no words: say what is to be done.',
    });
    await expect(anna!.call('beginChecklist', {}, { kind: 'swap', client: 'Ingen' })).rejects.toMatchObject({
      code: 'not-found',
    });
    const eva = await site.person('Eva', 'coordinator', 'annan');
    expect((await eva.call('checklists')).filled).toEqual([]);
    await expect(eva.call('beginChecklist', {}, { kind: 'swap', client: 'Alma' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
