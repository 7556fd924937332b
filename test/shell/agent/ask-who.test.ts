/** Who asks for a look: a relay that invents, swaps, repeats or keeps back a console's word is found out by the unit. */
import type { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { proveConsole } from '@nattfrid/shared/seal/console-proof';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import { describe, expect, it } from 'vitest';
import { asker } from '../../../agent/src/look/ask-who.ts';
import { trustConsoles } from '../../../agent/src/look/trusted-consoles.ts';
import { whoseConsole } from '../../../agent/src/look/whose-console.ts';
import { accessTable } from '../../../agent/src/store/access-table.ts';
import { consolesTable } from '../../../agent/src/store/consoles-table.ts';
import { openDatabase } from '../../../agent/src/store/database.ts';

const unit = 'enhet-1' as UnitId;
const night = instant(Date.parse('2026-11-24T01:00:00Z'));
const operator = 'op-7' as OperatorAlias;
const municipality = await makeSignKey();
const [console1, console2] = [await makeSignKey(), await makeSignKey()];
const look = (number: number) => `00000000-0000-4000-8000-00000000000${number}` as LookId;
const lookKey = (value: number) => toBase64Url(new Uint8Array(32).fill(value));
const call = (more: Partial<LookCall> = {}): LookCall => ({
  look: look(1),
  reason: { type: 'window', window: 'natt' },
  operator,
  operatorKey: lookKey(9),
  until: '2026-11-24T01:02:00Z',
  ...more,
});
type Signed = { readonly by?: typeof console1; readonly at?: typeof night; readonly look?: LookId };
const signed = async (asked: LookCall, { by = console1, at = night, look: named }: Signed = {}): Promise<LookCall> => ({
  ...asked,
  console: await proveConsole({ unit, ...asked, look: named, at: printInstant(at) }, by, undefined),
});
const vouchFor = (key: typeof console1, until = '2026-12-24T00:00:00Z', by = municipality) =>
  signVoucher(
    {
      console: toBase64Url(key.publicKey),
      place: 'Larmcentralen 3',
      validFrom: '2026-11-01T00:00:00Z',
      validUntil: until,
    },
    by.privateKey,
  );

function openUnit() {
  const database = openDatabase(':memory:');
  const consoles = consolesTable(database);
  const trusted = trustConsoles({
    municipality: { current: municipality.publicKey },
    consoles,
    access: accessTable(database),
  });
  const ask = asker(unit, whoseConsole({ municipality: { current: municipality.publicKey }, consoles, trusted }));
  const who = async (one: LookCall, at = night) => {
    const found = await ask(one, at);
    return found.by === 'refused' ? found.why : found.by;
  };
  return { consoles, who, know: () => consoles.add(operator, toBase64Url(console1.publicKey), night) };
}

describe('a console that signs', () => {
  it('is seen for the first time, and known after that', async () => {
    const { who, know } = openUnit();
    expect(await who(await signed(call()))).toBe('first-sight');
    know();
    expect(await who(await signed(call({ look: look(2), operatorKey: lookKey(8) })))).toBe('pin');
  });

  it('cannot be exchanged for another by whoever passes the call on', async () => {
    const { who, know } = openUnit();
    know();
    expect(await who(await signed(call(), { by: console2 }))).toBe('key-changed');
    expect(await who(call())).toBe('key-changed');
  });

  it('is believed with the municipality’s word, however new it is', async () => {
    const { who, know } = openUnit();
    know();
    const asked = await signed(call(), { by: console2 });
    const withVoucher = async (voucher: ReturnType<typeof vouchFor>) =>
      who({ ...asked, console: { ...asked.console!, voucher: await voucher } });
    expect(await withVoucher(vouchFor(console2))).toBe('voucher');
    expect(await withVoucher(vouchFor(console1))).toBe('key-changed');
    expect(await withVoucher(vouchFor(console2, '2026-11-20T00:00:00Z'))).toBe('key-changed');
    expect(await withVoucher(vouchFor(console2, undefined, console2))).toBe('key-changed');
  });

  for (const [name, change] of [
    ['the key that pictures are sealed for', { operatorKey: lookKey(7) }],
    ['the reason', { reason: { type: 'window', window: 'morgon' } }],
  ] as const)
    it(`says nothing of a call in which somebody changed ${name}`, async () =>
      expect(await openUnit().who({ ...(await signed(call())), ...change })).toBe('console-proof-wrong'));

  it('says nothing for another home', async () => {
    const asked = call();
    const proof = await proveConsole(
      { unit: 'enhet-2' as UnitId, ...asked, look: undefined, at: printInstant(night) },
      console1,
      undefined,
    );
    expect(await openUnit().who({ ...asked, console: proof })).toBe('console-proof-wrong');
  });

  it('asks for the look that it named, and for no other', async () => {
    const { who } = openUnit();
    expect(await who(await signed(call(), { look: look(2) }))).toBe('console-proof-wrong');
    expect(await who(await signed(call(), { look: look(1) }))).toBe('first-sight');
  });

  it('has not asked again when its word is played again for another look, or much later', async () => {
    const { who } = openUnit();
    const asked = await signed(call());
    expect(await who(asked)).toBe('first-sight');
    expect(await who(asked)).toBe('first-sight');
    expect(await who({ ...asked, look: look(2) })).toBe('console-proof-wrong');
    expect(await openUnit().who(asked, after(night, minutes(16)))).toBe('console-proof-wrong');
  });
});
