/** Who wishes to see the person another way: a relay that invents, changes or keeps back a console's wish is found out by the unit. */
import type { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { proveWish, type Wishing } from '@nattfrid/shared/seal/wish-proof';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, instant, printInstant } from '@nattfrid/shared/time/instant';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';
import type { OpenLook } from '../../../agent/src/look/open-look.ts';
import { wishSigned } from '../../../agent/src/look/wish-signed.ts';

const unit = 'enhet-1' as UnitId;
const night = instant(Date.parse('2026-11-28T01:00:00Z'));
const operator = 'op-7' as OperatorAlias;
const look = '00000000-0000-4000-8000-000000000001' as LookId;
const other = '00000000-0000-4000-8000-000000000002' as LookId;
const [console1, console2] = [await makeSignKey(), await makeSignKey()];
const operatorKey = new Uint8Array(32).fill(9);
const open: OpenLook = {
  ...{ look, operator, operatorKey, reason: { type: 'window', window: 'natt' }, mode: 'silhouette' },
  ...{ console: toBase64Url(console1.publicKey), until: after(night, minutes(2)) },
};
const said = (changes: Partial<Wishing> = {}, by = console1) =>
  proveWish(
    { unit, look, operatorKey: toBase64Url(operatorKey), mode: 'blur', at: printInstant(night), ...changes },
    by,
  );
const wish = async (proof?: ReturnType<typeof said>, mode: Mode = 'blur') => ({
  ...{ look, operator, mode },
  console: await proof,
});

describe('a wish in a look that a console has signed for', () => {
  it('is right where that console has said exactly this', async () => {
    expect(await wishSigned(unit, open, await wish(said()), night)).toBe('right');
  });

  for (const [name, wished, at] of [
    ['nobody has signed', wish()],
    ['another console has signed', wish(said({}, console2))],
    ['it was said of another mode', wish(said({ mode: 'clear' }))],
    ['it was said of another look', wish(said({ look: other }))],
    ['it was said of another home', wish(said({ unit: 'enhet-2' as UnitId }))],
    ['it was said in a time of that look before', wish(said({ operatorKey: toBase64Url(new Uint8Array(32).fill(8)) }))],
    ['it was kept back', wish(said()), after(night, minutes(16))],
  ] as const)
    it(`is wrong where ${name}`, async () => {
      expect(await wishSigned(unit, open, await wished, at ?? night)).toBe('wrong');
    });

  it('needs no signature where the console cannot sign and did not sign for the look', async () => {
    const { console: _signer, ...unsigned } = open;
    expect(await wishSigned(unit, unsigned, await wish(), night)).toBe('unsigned');
  });
});
