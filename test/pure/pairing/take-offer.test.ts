/** What the unit asks before it lets itself be paired, whatever the relay says. */
import { takeOffer } from '@nattfrid/agent/pairing/take-offer';
import type { CodeTries } from '@nattfrid/agent/store/code-tries-table';
import { unitName } from '@nattfrid/agent/store/identity';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { silent } from '@nattfrid/shared/log/logger';
import { unitKeyOfCode, unitKeyOfLabel } from '@nattfrid/shared/seal/label';
import { authenticateTerms, type PairingTerms } from '@nattfrid/shared/seal/pairing-terms';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { minutes } from '@nattfrid/shared/time/duration';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { describe, expect, it } from 'vitest';

const key = await makeSignKey();
const identity = { key, unit: unitName(key.publicKey), secret: 'AAECAwQFBgcICQoLDA0ODw', code: '0441788120' };
const nonce = 'n'.repeat(43);
const terms: PairingTerms = {
  ...{
    ticket: '5b0c1ab4-93a1-4d55-9a2f-7f0f0f0f0f0f',
    nonce,
    unit: identity.unit,
    publicKey: toBase64Url(key.publicKey),
  },
  ...{ organisation: 'testby', planKey: 'p'.repeat(43), client: 'Anemon', place: 'Sovrum' },
};

function unit(before?: CodeTries) {
  let kept = before;
  const saved: CodeTries[] = [];
  const tries = { find: () => kept, save: (now: CodeTries) => void saved.push((kept = now)) };
  const offered = async (
    by: 'secret' | 'code',
    mac: string,
    { boot = 'first', since = minutes(1), at = nonce, wipedIn = undefined as string | undefined } = {},
  ) => {
    const { ticket, organisation, planKey, place } = terms;
    const client = terms.client as ClientAlias;
    const offer = { type: 'offer', ticket, organisation, planKey, place, client, by, mac, seconds: 200 } as const;
    const power = { since: () => since, boot };
    return takeOffer(offer, { identity, nonce: at, power, wipedIn, tries, log: silent });
  };
  return { offered, saved };
}
const bySecret = await authenticateTerms(terms, await unitKeyOfLabel(identity));
const byCode = await authenticateTerms(terms, await unitKeyOfCode(identity.code, identity.unit, terms.publicKey));
const wrong = 'w'.repeat(43);

describe('a unit that waits', () => {
  it('takes what its label has authenticated, and what its short code has', async () => {
    expect(await unit().offered('secret', bySecret)).toMatchObject({ type: 'yes', terms });
    expect(await unit().offered('code', byCode)).toMatchObject({ type: 'yes' });
  });
  it('takes neither where it has had power for more than 15 minutes', async () => {
    const since = minutes(16);
    expect(await unit().offered('secret', bySecret, { since })).toEqual({ type: 'no', why: 'not-freshly-powered' });
    expect(await unit().offered('code', byCode, { since })).toEqual({ type: 'no', why: 'not-freshly-powered' });
  });
  it('that the relay has had wiped takes nothing before somebody has pulled its plug', async () => {
    expect(await unit().offered('secret', bySecret, { wipedIn: 'first' })).toEqual({
      type: 'no',
      why: 'not-freshly-powered',
    });
    expect(await unit().offered('secret', bySecret, { wipedIn: 'before' })).toMatchObject({ type: 'yes' });
  });
  it('takes no word that was given on another connection', async () => {
    expect(await unit().offered('secret', bySecret, { at: 'm'.repeat(43) })).toEqual({
      type: 'no',
      why: 'wrong-label',
    });
  });
  it('is not opened by the code where it is asked by the secret', async () => {
    expect(await unit().offered('secret', byCode)).toEqual({ type: 'no', why: 'wrong-label' });
  });
  it('counts five wrong codes, then takes not even the right one, until it is given power anew', async () => {
    const { offered, saved } = unit();
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await offered('code', wrong)).toEqual({ type: 'no', why: 'wrong-code', triesLeft });
    expect(await offered('code', byCode)).toEqual({ type: 'no', why: 'code-locked', triesLeft: 0 });
    expect(saved).toHaveLength(5);
    expect(await offered('secret', bySecret)).toMatchObject({ type: 'yes' });
    expect(await offered('code', byCode, { boot: 'second' })).toMatchObject({ type: 'yes' });
  });
  it('takes no code any more after fifty wrong ones, however often it is given power', async () => {
    const { offered } = unit({ boot: 'before', tries: 4, inAll: 49 });
    expect(await offered('code', wrong)).toEqual({ type: 'no', why: 'wrong-code', triesLeft: 0 });
    expect(await offered('code', byCode, { boot: 'last' })).toMatchObject({ type: 'no', why: 'code-locked' });
    expect(await offered('secret', bySecret, { boot: 'last' })).toMatchObject({ type: 'yes' });
  });
});
