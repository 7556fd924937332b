/** The audit log for whoever reads it: what was refused, what strangers tried, pages, filters, a file to take away. */
import { chainStart, hashLine } from '@nattfrid/relay/audit/chain';
import { systemClock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, signIn } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

let site: Site;
let anna: Person;
let petra: Person;
let eva: Person;
beforeAll(async () => {
  site = await openSite();
  [anna, petra] = [await site.person('Anna', 'operator'), await site.person('Petra', 'operator')];
  eva = await site.person('Eva', 'coordinator');
});
afterAll(async () => site[Symbol.asyncDispose]());

async function anAlarm(name: string): Promise<string> {
  await using unit = await connectUnit(site.relay, await site.unit(name));
  const fall = aFall();
  await unit.say('alarm-report', fall);
  return fall.alarm;
}

describe('a deed that is refused after its line was written', () => {
  it('is told as refused, with the number of its line and why', async () => {
    const alarm = await anAlarm('unit-refused');
    await anna.call('takeAlarm', { alarm });
    await expect(petra.call('takeAlarm', { alarm })).rejects.toMatchObject({ fields: { status: 409 } });
    const { lines } = await eva.call('audit', { subject: alarm });
    expect(lines.map(({ who, what }) => `${who} ${what}`)).toEqual([
      'Petra refused',
      'Petra alarm-taken',
      'Anna alarm-taken',
    ]);
    expect(lines[0]!.details).toEqual({
      line: String(lines[1]!.number),
      why: 'not-now',
      operator: lines[1]!.details['operator'],
    });
  });

  it('so is a look that a colleague has open already, and a new account that could not be made', async () => {
    const alarm = await anAlarm('unit-looked');
    await expect(anna.call('giveVerdict', { look: alarm }, { verdict: 'all-well' })).rejects.toMatchObject({
      fields: { status: 404 },
    });
    await site.relay.addOperator({ email: 'anna@testby.se', name: 'Anna', role: 'operator' }, 'long enough for it');
    const { lines } = await eva.call('audit', { what: 'refused' });
    expect(lines.map(({ who, details }) => [who, details['why']])).toEqual(
      expect.arrayContaining([
        ['Anna', 'not-found'],
        ['relay', 'already-there'],
      ]),
    );
  });

  it('is not told of what was refused before anything was written, nor of what was done', async () => {
    const before = (await eva.call('audit', { what: 'refused' })).lines.length;
    await expect(
      eva.call('keyChanged', { unit: 'nobody' }, { known: 'k'.repeat(43), told: 'm'.repeat(43) }),
    ).rejects.toThrow();
    await anna.call('takeAlarm', { alarm: await anAlarm('unit-done') });
    expect((await eva.call('audit', { what: 'refused' })).lines).toHaveLength(before);
  });
});

describe('strangers', () => {
  it('cannot fill the log: so many refused sign-ins get a line each, the rest one together', async () => {
    const clock = movedClock(systemClock.now());
    // Wrong sign-ins wait for their answers while the clock that counts them stands.
    await using other = await openSite({ clock: { ...clock, sleep: systemClock.sleep } });
    const karin = await other.person('Karin', 'coordinator');
    const tries = Array.from({ length: 60 }, (_, index) =>
      signIn(other.relay, `nobody-${index}@testby.se`, 'a wrong password').catch((error) => error),
    );
    await Promise.all(tries);
    const lines = async (what: string) => (await karin.call('audit', { what })).lines;
    const one = await lines('sign-in-refused');
    expect(one).toHaveLength(5);
    expect(await lines('sign-ins-refused')).toEqual([]);
    await clock.advance(seconds(61));
    await expect.poll(async () => (await lines('sign-ins-refused'))[0]?.details).toEqual({ count: '55' });
  });
});

describe('the lines', () => {
  it('come in pages, the newest first, each as old as it is asked for', async () => {
    await using other = await openSite();
    const karin = await other.person('Karin', 'coordinator');
    for (let read = 0; read < 520; read++) await karin.call('plan', { unit: 'any' });
    const first = await karin.call('audit');
    expect(first).toMatchObject({ whole: true, more: true });
    expect(first.lines).toHaveLength(500);
    const last = first.lines.at(-1)!.number;
    const second = await karin.call('audit', { before: String(last) });
    expect(second.more).toBe(false);
    expect(second.lines[0]!.number).toBe(last - 1);
    expect(second.lines.at(-1)!.number).toBe(1);
    // Reading them is a line as well, and says what was asked for.
    const { lines } = await karin.call('audit', { what: 'audit-read' });
    const operator = (await karin.call('me')).id;
    expect(lines.map(({ details }) => details)).toEqual([
      { what: 'audit-read', operator },
      { before: String(last), operator },
      { operator },
    ]);
  });

  it.each([
    ['who', { who: 'Petra' }, (line: { who: string }) => line.who === 'Petra'],
    ['what', { what: 'alarm-taken' }, (line: { what: string }) => line.what === 'alarm-taken'],
    ['a part of the subject', { subject: 'unit-re' }, (line: { subject: string }) => line.subject === 'unit-refused'],
    ['from', { from: new Date(Date.now() + 3_600_000).toISOString() }, () => false],
    ['to', { to: '2020-01-01T00:00:00Z' }, () => false],
  ])('are filtered by %s', async (_by, filter, fits) => {
    const all = (await eva.call('audit')).lines;
    const { lines } = await eva.call('audit', filter as never);
    expect(lines.map(({ number }) => number)).toEqual(all.filter(fits as never).map(({ number }) => number));
  });

  it('can be taken away as a file whose chain somebody else can check; that is a line too', async () => {
    const response = await fetch(`${site.relay.url}/api/audit.csv`, { headers: { cookie: eva.cookie } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"');
    const rows = (await response.text()).trimEnd().split('\r\n');
    expect(rows[0]).toBe('number,at,who,what,subject,details,hash');
    let head = chainStart;
    for (const row of rows.slice(1)) {
      const [number, at, who, what, subject, details, hash] = cellsOf(row);
      const line = { number: Number(number), at, who, what, subject, details: JSON.parse(details!) } as never;
      expect(hashLine(head, line)).toBe(hash);
      head = hash!;
    }
    expect(rows.at(-1)).toContain('"Eva","audit-exported"');
    const refused = await fetch(`${site.relay.url}/api/audit.csv`, { headers: { cookie: anna.cookie } });
    expect(refused.status).toBe(403);
  });
});

const cellsOf = (row: string): readonly string[] =>
  [...row.matchAll(/"((?:[^"]|"")*)"|([^,]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
