/** A camera's login reaches one unit, and nobody between. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { openLogin, sealLogin, signSealingKey } from '@nattfrid/shared/seal/sealed-login';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';

const unit = 'unit-1' as UnitId;
const login = { user: 'nattfrid', password: 'Blåbär & <sol> 12' };

async function paired() {
  const [identity, sealing] = [await makeSignKey(), await makeOperatorKey()];
  const told = await signSealingKey(unit, sealing.publicKey, identity);
  return { identity, sealing, told, publicKey: toBase64Url(identity.publicKey) };
}
const orThrow = <Thing>(thing: Thing | Fault): Thing => {
  if (thing instanceof Fault) throw thing;
  return thing;
};

describe('a login that a console seals for a unit', () => {
  it('is opened by that unit', async () => {
    const { told, publicKey, sealing } = await paired();
    const sealed = orThrow(await sealLogin({ unit, publicKey, told }, login));
    expect(JSON.stringify(sealed)).not.toContain('Bl');
    expect(await openLogin(unit, sealing, sealed)).toEqual(login);
  });

  it('is not sealed for a key that the relay has put in the place of the unit’s', async () => {
    const [real, relay] = [await paired(), await paired()];
    for (const told of [
      { ...real.told, sealingKey: relay.told.sealingKey },
      relay.told,
      { ...real.told, sealingProof: '' },
    ])
      expect(await sealLogin({ unit, publicKey: real.publicKey, told }, login)).toMatchObject({
        code: 'signature-wrong',
      });
  });

  it('is not sealed for the key of another unit', async () => {
    const { told, publicKey } = await paired();
    const other = { unit: 'unit-2' as UnitId, publicKey, told };
    expect(await sealLogin(other, login)).toMatchObject({ code: 'signature-wrong' });
  });

  it('opens for no other key and no other unit, nor when it was changed', async () => {
    const [one, other] = [await paired(), await paired()];
    const sealed = orThrow(await sealLogin({ unit, publicKey: one.publicKey, told: one.told }, login));
    expect(await openLogin(unit, other.sealing, sealed)).toMatchObject({ code: 'seal-broken' });
    expect(await openLogin('unit-2' as UnitId, one.sealing, sealed)).toMatchObject({ code: 'seal-broken' });
    const changed = {
      ...sealed,
      sealed:
        `A${sealed.sealed.slice(1)}` === sealed.sealed ? `B${sealed.sealed.slice(1)}` : `A${sealed.sealed.slice(1)}`,
    };
    expect(await openLogin(unit, one.sealing, changed)).toMatchObject({ code: 'seal-broken' });
  });
});
