/** A second console of an operator: let in by the word of one that this unit trusts itself; a lying relay gets none of its own in. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { confirmConsole, longestConfirmation, withdrawConsole } from '@nattfrid/shared/seal/confirmation';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { hours, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { ConsoleList, Withdrawal } from '@nattfrid/shared/wire/console-list';
import type { Confirmation, VoucherLetter } from '@nattfrid/shared/wire/console-proof';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import { describe, expect, it } from 'vitest';
import { asker } from '../../../agent/src/look/ask-who.ts';
import { unwelcome } from '../../../agent/src/look/asker.ts';
import { trustConsoles } from '../../../agent/src/look/trusted-consoles.ts';
import { whoseConsole } from '../../../agent/src/look/whose-console.ts';
import { accessTable } from '../../../agent/src/store/access-table.ts';
import { consolesTable } from '../../../agent/src/store/consoles-table.ts';
import { openDatabase } from '../../../agent/src/store/database.ts';
import { migrations } from '../../../agent/src/store/migrations.ts';

const unit = 'enhet-1' as UnitId;
const night = instant(Date.parse('2026-11-24T01:00:00Z'));
const petra = 'op-petra' as OperatorAlias;
const bo = 'op-bo' as OperatorAlias;
const relays = 'op-made-up' as OperatorAlias;
const [municipality, first, second, third, bos, evil] = [
  await makeSignKey(),
  await makeSignKey(),
  await makeSignKey(),
  await makeSignKey(),
  await makeSignKey(),
  await makeSignKey(),
];
const later = (length: Parameters<typeof after>[1]) => after(night, length);
const text = ({ publicKey }: SignKey) => toBase64Url(publicKey);
const vouchFor = (key: SignKey, by = municipality) =>
  signVoucher(
    {
      console: text(key),
      place: 'Larmcentralen 3',
      validFrom: '2026-11-01T00:00:00Z',
      validUntil: '2027-11-01T00:00:00Z',
    },
    by.privateKey,
  );
const confirm = (
  key: SignKey,
  by: SignKey,
  more: { of?: OperatorAlias; at?: typeof night; voucher?: VoucherLetter } = {},
) => confirmConsole({ operator: more.of ?? petra, console: text(key) }, more.at ?? night, by, more.voucher);

let asked = 0;
/** A call in Petra's name, signed by this console. */
async function callBy(
  key: SignKey,
  more: { confirmation?: Confirmation; voucher?: VoucherLetter; at?: typeof night } = {},
) {
  const asking = {
    look: `00000000-0000-4000-8000-${String(++asked).padStart(12, '0')}` as LookId,
    reason: { type: 'window', window: 'natt' },
    operatorKey: toBase64Url(new Uint8Array(32).map((_, index) => (index === 0 ? asked : 9))),
  } as const;
  const console = await proveConsole(
    { unit, ...asking, look: undefined, at: printInstant(more.at ?? night) },
    key,
    more.voucher,
    more.confirmation,
  );
  return { ...asking, operator: petra, until: '2026-11-24T01:02:00Z', console } satisfies LookCall;
}

/** A unit that knows Petra's first console, and Bo's. */
function openUnit(
  knows: readonly (readonly [OperatorAlias, SignKey])[] = [
    [petra, first],
    [bo, bos],
  ],
) {
  const database = openDatabase(':memory:');
  const consoles = consolesTable(database);
  const access = accessTable(database);
  const trusted = trustConsoles({ municipality: { current: municipality.publicKey }, consoles, access });
  const ask = asker(unit, whoseConsole({ municipality: { current: municipality.publicKey }, consoles, trusted }));
  for (const [operator, key] of knows) consoles.add(operator, text(key), night);
  const list = (confirmations: readonly Confirmation[], withdrawals: readonly Withdrawal[] = [], at = night) =>
    trusted.consider({ confirmations, withdrawals } satisfies ConsoleList, at);
  /** As the machine of looks does: what is new is kept once it is let in. */
  const who = async (call: LookCall, { at = night, plan }: { at?: typeof night; plan?: Plan['consoles'] } = {}) => {
    const found = await ask(call, at);
    const why = unwelcome(found, plan);
    if (why) return why;
    if (found.by === 'confirmed' && found.fresh) {
      consoles.confirm(call.operator, found.fresh.key, found.fresh.confirmed);
      return `confirmed by ${found.fresh.confirmed.signer.split(' ')[0]}`;
    }
    return found.by;
  };
  return { consoles, access, list, who };
}

describe('a second console of an operator', () => {
  it('is refused without a word for it', async () =>
    expect(await openUnit().who(await callBy(second))).toBe('key-changed'));

  it('is let in by a known colleague’s word, which comes along with the call, and is known after that', async () => {
    const { who } = openUnit();
    const confirmation = await confirm(second, bos);
    expect(await who(await callBy(second, { confirmation }))).toBe('confirmed by op-bo');
    expect(await who(await callBy(second))).toBe('confirmed');
    expect(await who(await callBy(first))).toBe('pin');
  });

  it('is let in by a word that came in a list, also after a restart', async () => {
    const { who, list } = openUnit();
    await list([await confirm(second, bos)]);
    expect(await who(await callBy(second))).toBe('confirmed by op-bo');
  });

  it('is let in by the operator’s own earlier console', async () =>
    expect(await openUnit().who(await callBy(second, { confirmation: await confirm(second, first) }))).toBe(
      'confirmed by op-petra',
    ));

  it('is let in where the colleague has never looked, but is vouched for by the municipality', async () => {
    const { who } = openUnit([[petra, first]]);
    const confirmation = await confirm(second, bos, { voucher: await vouchFor(bos) });
    expect(await who(await callBy(second, { confirmation }), { plan: 'vouched' })).toBe('confirmed by vouched-console');
    expect(await who(await callBy(second), { plan: 'vouched' })).toBe('confirmed');
  });

  it('is let in by one that was confirmed itself, as long as the chain ends at one that is known', async () => {
    const { who, list } = openUnit();
    await list([await confirm(third, bos, { of: bo }), await confirm(second, third)]);
    expect(await who(await callBy(second))).toBe('confirmed by op-bo');
  });

  it('does not keep out the first console of somebody who has not been here yet', async () => {
    const { who, list } = openUnit([[bo, bos]]);
    await list([await confirm(second, bos)]);
    expect(await who(await callBy(first))).toBe('first-sight');
  });

  it('is let in anew by a vouched word where the plan asks for that, although it was known by another', async () => {
    const { who } = openUnit();
    expect(await who(await callBy(second, { confirmation: await confirm(second, bos) }))).toMatch(/^confirmed by/);
    expect(await who(await callBy(second), { plan: 'vouched' })).toBe('console-unknown');
    const confirmation = await confirm(second, bos, { voucher: await vouchFor(bos) });
    expect(await who(await callBy(second, { confirmation }), { plan: 'vouched' })).toMatch(/^confirmed by/);
  });
});

describe('a lying relay', () => {
  for (const [name, letter, plan] of [
    ['forges the signer', async () => ({ ...(await confirm(second, evil)), by: text(bos) })],
    ['signs with a key that this unit does not know', () => confirm(second, evil)],
    ['has a word for another operator played again', () => confirm(second, bos, { of: bo })],
    ['has a word for another console played again', () => confirm(third, bos)],
    ['lets the new console speak for itself', () => confirm(second, second)],
    ['makes up a voucher for its own', async () => confirm(second, evil, { voucher: await vouchFor(evil, evil) })],
    ['shows the voucher of another', async () => confirm(second, evil, { voucher: await vouchFor(bos) })],
    ['keeps a word until it is over', () => confirm(second, bos, { at: later(milliseconds(-longestConfirmation)) })],
    ['has a word of the future', () => confirm(second, bos, { at: later(hours(1)) })],
    ['stretches a word', async () => ({ ...(await confirm(second, bos)), until: '2099-01-01T00:00:00.000Z' })],
  ] as readonly (readonly [string, () => Promise<Confirmation>, Plan['consoles']?])[])
    it(`that ${name} gets nobody in, by call or by list`, async () => {
      const { who, list } = openUnit();
      const confirmation = await letter();
      expect(await who(await callBy(second, { confirmation }), { plan })).toBe('key-changed');
      await list([confirmation]);
      expect(await who(await callBy(second), { plan })).toBe('key-changed');
    });

  it('that hands on the list of another unit gets nobody in: its signers are not known here', async () => {
    const { who, list } = openUnit([[petra, first]]);
    await list([await confirm(second, bos), await confirm(third, evil, { of: bo })]);
    expect(await who(await callBy(second))).toBe('key-changed');
  });

  it('that lets two of its own speak for each other gets neither in', async () => {
    const { who, list } = openUnit();
    await list([await confirm(second, evil), await confirm(evil, second, { of: relays })]);
    expect(await who(await callBy(second))).toBe('key-changed');
  });

  it('that has made an operator up gets nothing in where the plan asks for vouched consoles', async () => {
    const { who, list } = openUnit([
      [petra, first],
      [relays, evil],
    ]);
    await list([await confirm(second, evil)]);
    expect(await who(await callBy(second), { plan: 'vouched' })).toBe('console-unknown');
  });

  it('that withdraws in the name of nobody known changes nothing', async () => {
    const { who, list, access } = openUnit();
    const named = { operator: petra, console: text(first) };
    const forged = { ...(await withdrawConsole(named, night, evil)), by: text(bos) };
    expect(await list([], [forged, await withdrawConsole(named, night, evil)])).toEqual([]);
    expect(await who(await callBy(first))).toBe('pin');
    expect(access.lines()).toEqual([]);
  });
});

describe('a console that is withdrawn', () => {
  const named = { operator: petra, console: text(second) };

  it('is forgotten, behind a line in the log, and its operator does not begin anew', async () => {
    const { who, list, access } = openUnit();
    await who(await callBy(second, { confirmation: await confirm(second, bos) }));
    const letter = await withdrawConsole(named, later(minutes(1)), bos);
    expect(await list([], [letter], later(minutes(1)))).toHaveLength(1);
    expect(await who(await callBy(second))).toBe('key-changed');
    expect(await who(await callBy(third))).toBe('key-changed');
    expect(await who(await callBy(first))).toBe('pin');
    expect(access.lines().map(({ what, who: whose }) => `${what.split(' ')[0]} ${whose}`)).toEqual([
      'console-withdrawn op-petra',
    ]);
    // The list comes at every announce.
    expect(await list([], [letter])).toEqual([]);
  });

  it('does not come back with the word from before, but with one from after', async () => {
    const { who, list } = openUnit();
    const before = await confirm(second, bos);
    await list([before], [await withdrawConsole(named, later(minutes(1)), bos)]);
    expect(await who(await callBy(second, { confirmation: before }))).toBe('key-changed');
    const anew = await confirm(second, bos, { at: later(minutes(5)) });
    expect(await who(await callBy(second, { confirmation: anew }))).toBe('confirmed by op-bo');
  });

  it('vouches for nobody', async () => {
    const { who, list } = openUnit();
    await list(
      [await confirm(second, bos)],
      [await withdrawConsole({ operator: bo, console: text(bos) }, night, first)],
    );
    expect(await who(await callBy(second))).toBe('key-changed');
  });

  it('stays in with the municipality’s word, unless one with that word has withdrawn it', async () => {
    const { who, list } = openUnit();
    const voucher = await vouchFor(second);
    await list([], [await withdrawConsole(named, night, bos)]);
    expect(await who(await callBy(second, { voucher }))).toBe('voucher');
    await list([], [await withdrawConsole(named, later(minutes(1)), bos, await vouchFor(bos))]);
    expect(await who(await callBy(second, { voucher }))).toBe('key-changed');
  });

  it('that was confirmed is not known for longer than the word counts', async () => {
    const { who } = openUnit();
    await who(await callBy(second, { confirmation: await confirm(second, bos) }));
    const late = later(longestConfirmation);
    expect(await who(await callBy(second, { at: late }), { at: late })).toBe('key-changed');
  });
});

it('consoles that were known before there were words of colleagues stay known', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'nattfrid-consoles-')), 'unit.db');
  const before = new DatabaseSync(file);
  for (const sql of migrations.slice(0, 3).flat()) before.exec(sql);
  before.exec(`pragma user_version = 3; insert into consoles values ('op-petra', 'K', 5)`);
  before.close();
  using database = openDatabase(file);
  expect(consolesTable(database).of(petra)).toEqual([
    { operator: petra, key: 'K', how: 'first-sight', since: 5, vouched: false },
  ]);
});
