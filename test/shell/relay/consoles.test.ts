/** Consoles of operators: registered, confirmed by a colleague's signature, withdrawn; units hear of it, and no visit comes of a console. */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import { confirmConsole, withdrawConsole } from '@nattfrid/shared/seal/confirmation';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { provePossession } from '@nattfrid/shared/seal/possession';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { systemClock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { longestMessage, writeLetter } from '@nattfrid/shared/wire/envelope';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { consoleList } from '../../../relay/src/consoles/list.ts';
import type { ConsoleRow } from '../../../relay/src/store/consoles-table.ts';
import type { Person } from '../../support/person.ts';
import { aPlan } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const municipality = await makeSignKey();
const text = ({ publicKey }: SignKey) => toBase64Url(publicKey);
const reason = { type: 'window', window: 'dygnet' } as const;
const announced = { state: 'here', agent: '1', models: [] } as const;

let site: Site;
let anna: Person;
let bo: Person;
let siv: Person;
let unit: SpeakingUnit;
let home: Awaited<ReturnType<Site['unit']>>;
let [first, second, bos] = [] as unknown as [SignKey, SignKey, SignKey];
beforeEach(async () => {
  site = await openSite({ settings: { planKeys: { testby: text(municipality) } } });
  [anna, bo] = [await site.person('Anna', 'operator'), await site.person('Bo', 'operator')];
  siv = await site.person('Siv', 'coordinator');
  [first, second, bos] = [await makeSignKey(), await makeSignKey(), await makeSignKey()];
  home = await site.unit('home-1');
  unit = await connectUnit(site.relay, home);
  await unit.say('announce', announced);
});
afterEach(async () => {
  await unit[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const now = () => systemClock.now();
async function register(by: Person, email: string, key: SignKey, more: object = {}) {
  const said = await provePossession(email, printInstant(now()), key);
  return by.call('registerConsole', {}, { ...said, ...more });
}
const asAnna = (key: SignKey, more = {}) => register(anna, 'anna@testby.se', key, more);
const asBo = (key: SignKey) => register(bo, 'bo@testby.se', key);
const asSiv = (key: SignKey) => register(siv, 'siv@testby.se', key);
const confirm = async (by: Person, key: SignKey, of: { operator: OperatorAlias; console: string }) =>
  by.call('confirmConsole', {}, await confirmConsole(of, now(), key));
const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (fault) => `${fault.code} ${fault.fields.status}`,
  );
async function look(by: Person, key: SignKey) {
  const operatorKey = text(await makeSignKey());
  const console = await proveConsole({ unit: home.unit, reason, operatorKey, at: printInstant(now()) }, key, undefined);
  return by.call('openLook', {}, { unit: home.unit, reason, operatorKey, console });
}
const log = async () =>
  (await siv.call('audit')).lines
    .filter(({ what }) => what.startsWith('console-'))
    .map(({ who, what, details }) => `${who} ${what} ${details['of']}`)
    .reverse();

describe('a console', () => {
  it('is known when it is the first of its operator; the second waits for a colleague', async () => {
    expect(await asAnna(first, { label: 'Windows' })).toMatchObject({ state: 'known', who: 'Anna', label: 'Windows' });
    expect((await asAnna(first)).state).toBe('known');
    expect((await asAnna(second)).state).toBe('unconfirmed');
    expect((await bo.desk()).consoles?.map(({ who, console }) => [who, console])).toEqual([['Anna', text(second)]]);
    expect(await log()).toEqual(['Anna console-known Anna', 'Anna console-new Anna']);
  });

  it('has to show that it has the key, now and for whoever is signed in', async () => {
    const said = await provePossession('anna@testby.se', printInstant(now()), first);
    expect(await code(anna.call('registerConsole', {}, { ...said, key: text(second) }))).toBe('request-invalid 400');
    expect(await code(bo.call('registerConsole', {}, said))).toBe('request-invalid 400');
    const old = await provePossession('anna@testby.se', '2026-01-01T00:00:00.000Z', first);
    expect(await code(anna.call('registerConsole', {}, old))).toBe('request-invalid 400');
  });

  it('that the municipality has vouched for needs no colleague', async () => {
    await asAnna(first);
    const voucher = await signVoucher(
      { console: text(second), place: 'Larm 2', validFrom: '2020-01-01T00:00:00Z', validUntil: '2090-01-01T00:00:00Z' },
      municipality.privateKey,
    );
    expect((await asAnna(second, { voucher })).state).toBe('known');
  });

  it('that nobody has confirmed asks no unit, and no visit comes of it', async () => {
    await asAnna(first);
    await asAnna(second);
    expect(await code(look(anna, second))).toBe('console-unconfirmed 409');
    expect(await unit.untold('look-call')).toBe(0);
    expect((await anna.desk()).visits).toEqual([]);
    expect((await look(anna, first)).state).toBe('asked');
  });
});

describe('a colleague', () => {
  it('confirms it by signature: it may look, units are told, and it is told live', async () => {
    await asAnna(first);
    const waiting = await asAnna(second);
    await asBo(bos);
    const confirmed = await confirm(bo, bos, waiting);
    expect(confirmed).toMatchObject({ state: 'confirmed', by: 'Bo' });
    const told = await unit.told('console-list');
    expect(told).toEqual({ confirmations: [confirmed.confirmation], withdrawals: [] });
    expect((await look(anna, second)).state).toBe('asked');
    expect((await anna.desk()).consoles).toEqual([]);
    expect((await log()).at(-1)).toBe('Bo console-confirmed Anna');
    // A unit that was away hears of it when it is back.
    await unit.say('announce', announced);
    expect(await unit.told('console-list')).toEqual(told);
  });

  it('is heard on every desk', async () => {
    await asAnna(first);
    await asBo(bos);
    const events: string[] = [];
    const socket = await anna.socket('/live');
    socket.on('message', (data: Buffer) => {
      const event = JSON.parse(String(data));
      if (event.type === 'console') events.push(event.console.state);
    });
    const waiting = await asAnna(second);
    await confirm(bo, bos, waiting);
    await vi.waitFor(() => expect(events).toEqual(['unconfirmed', 'confirmed']));
    socket.close();
  });

  it('cannot confirm with a console that is not the own one, not confirmed itself, or with a wrong signature', async () => {
    await asAnna(first);
    const waiting = await asAnna(second);
    await asBo(bos);
    expect(await code(confirm(bo, first, waiting))).toBe('console-unconfirmed 409');
    expect(await code(confirm(anna, second, waiting))).toBe('console-unconfirmed 409');
    const bosNew = await makeSignKey();
    await asBo(bosNew);
    expect(await code(confirm(bo, bosNew, waiting))).toBe('console-unconfirmed 409');
    const letter = await confirmConsole(waiting, now(), bos);
    const forged = { ...letter, signature: letter.signature.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')) };
    expect(await code(bo.call('confirmConsole', {}, forged))).toBe('signature-wrong 422');
    expect(await unit.untold('console-list')).toBe(0);
    expect((await log()).filter((line) => line.includes('console-confirmed'))).toEqual([]);
  });

  it('who says that the figures do not agree leaves it to a coordinator', async () => {
    await asAnna(first);
    const { operator, console } = await asAnna(second);
    await asBo(bos);
    expect(await bo.call('doubtConsole', {}, { operator, console })).toMatchObject({ doubtedBy: 'Bo' });
    expect(await code(confirm(bo, bos, { operator, console }))).toBe('not-allowed 403');
    // A coordinator's console is not known in any home, unless the municipality has vouched for it.
    const sivs = await makeSignKey();
    await asSiv(sivs);
    expect(await code(confirm(siv, sivs, { operator, console }))).toBe('not-allowed 403');
    const voucher = await signVoucher(
      { console: text(sivs), place: 'Kontoret', validFrom: '2020-01-01T00:00:00Z', validUntil: '2090-01-01T00:00:00Z' },
      municipality.privateKey,
    );
    const letter = await confirmConsole({ operator, console }, now(), sivs, voucher);
    expect(await siv.call('confirmConsole', {}, letter)).toMatchObject({ state: 'confirmed', by: 'Siv' });
  });

  it('may be asked for again, for a home that does not know the first one: both words are kept', async () => {
    await asAnna(first);
    const waiting = await asAnna(second);
    await asBo(bos);
    await confirm(bo, bos, waiting);
    expect((await unit.told('console-list')).confirmations).toHaveLength(1);
    expect(await asAnna(second, { ask: true })).toMatchObject({ state: 'confirmed', asks: true });
    expect((await bo.desk()).consoles).toHaveLength(1);
    expect(await confirm(anna, first, waiting)).toMatchObject({ state: 'confirmed', by: 'Anna' });
    const { confirmations } = await unit.told('console-list');
    expect(confirmations.map(({ by }) => by).sort()).toEqual([text(bos), text(first)].sort());
    expect((await bo.desk()).consoles).toEqual([]);
  });

  it('may be an own earlier console', async () => {
    await asAnna(first);
    expect(await confirm(anna, first, await asAnna(second))).toMatchObject({ state: 'confirmed', by: 'Anna' });
  });
});

describe('a console that is withdrawn', () => {
  it('looks no more, is off the list of confirmed ones, and units are told by whose signature', async () => {
    await asAnna(first);
    const waiting = await asAnna(second);
    await asBo(bos);
    await confirm(bo, bos, waiting);
    await unit.told('console-list');
    const { operator, console } = waiting;
    expect(await code(bo.call('withdrawConsole', {}, { operator, console }))).toBe('not-allowed 403');
    const letter = await withdrawConsole(waiting, now(), first);
    expect(await anna.call('withdrawConsole', {}, { operator, console, letter })).toMatchObject({ state: 'withdrawn' });
    expect(await unit.told('console-list')).toEqual({ confirmations: [], withdrawals: [letter] });
    expect(await code(look(anna, second))).toBe('console-withdrawn 403');
    expect((await asAnna(second)).state).toBe('withdrawn');
    expect(await code(confirm(bo, bos, waiting))).toBe('not-now 409');
  });

  it('is a coordinator’s to withdraw, also without a console that units know', async () => {
    const { operator, console } = await asAnna(first);
    expect(await siv.call('withdrawConsole', {}, { operator, console })).toMatchObject({
      state: 'withdrawn',
      by: 'Siv',
    });
    expect(await code(look(anna, first))).toBe('console-withdrawn 403');
    expect((await siv.call('consoles')).consoles).toHaveLength(1);
    expect((await bo.call('consoles')).consoles).toHaveLength(0);
  });
});

describe('a unit that does not know the console of a planned look', () => {
  it('leads to no visit: the look is due again, with why; the console may ask a colleague for a word', async () => {
    await site[Symbol.asyncDispose]();
    site = await openSite();
    anna = await site.person('Anna', 'operator');
    home = await site.unit('home-1');
    unit = await connectUnit(site.relay, home);
    await site.sendPlan(aPlan('home-1'));
    const planned = await vi.waitFor(async () => {
      const found = (await anna.desk()).looks.find(({ state }) => state === 'due');
      if (!found) throw new Error('nothing is due');
      return found;
    });
    expect((await asAnna(first)).state).toBe('known');
    await look(anna, first);
    const { operatorKey } = await unit.told('look-call');
    await unit.say('look-answer', { type: 'refused', look: planned.look, operatorKey, why: 'key-changed' });
    await vi.waitFor(async () =>
      expect((await anna.desk()).looks.find((one) => one.look === planned.look)).toMatchObject({
        state: 'due',
        refusal: 'key-changed',
      }),
    );
    expect((await anna.desk()).visits).toEqual([]);
    expect(await asAnna(first, { ask: true })).toMatchObject({ state: 'known', asks: true });
    expect((await anna.desk()).consoles).toHaveLength(1);
    // Not kept from the homes that know it.
    expect((await look(anna, first)).state).toBe('asked');
  });
});

it('a list of very many confirmations, each with a voucher, fits into one message', async () => {
  const voucher = { body: 'A'.repeat(900), signature: 'A'.repeat(86) };
  const letter = await confirmConsole({ operator: 'op-1' as OperatorAlias, console: text(first) }, now(), second);
  const rows = Array.from({ length: 500 }, (): ConsoleRow => {
    return {
      ...{ operator: 'a', alias: letter.operator, who: 'A', key: letter.console, state: 'confirmed', asks: false },
      ...{ firstSeenAt: now(), lastSeenAt: now(), confirmations: [{ ...letter, voucher }] },
    };
  });
  const list = consoleList(rows, now());
  expect(list?.confirmations.length).toBeGreaterThan(30);
  const bytes = writeLetter('console-list', home.unit, '00000000-0000-4000-8000-000000000001', now(), list!);
  expect(bytes.length).toBeLessThan(longestMessage);
});
