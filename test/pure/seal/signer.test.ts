/** Who may sign a plan for a municipality: its own key, those it has signed for, the key that took its place, and nobody else. */
import { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import {
  followKeys,
  isMunicipality,
  isSuccessor,
  proveMunicipality,
  signSuccessor,
} from '@nattfrid/shared/seal/municipality-key';
import { openPlan, signPlan } from '@nattfrid/shared/seal/plan-signature';
import { makeSignKey, type SignKey, sign, signKeyOf } from '@nattfrid/shared/seal/sign';
import { type Signer, signSigner } from '@nattfrid/shared/seal/signer';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import { hours, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, instant, after as passed, printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { describe, expect, it } from 'vitest';

const night = instant(Date.parse('2026-11-24T01:00:00Z'));
const later = (days: number) => passed(night, hours(24 * days));
const [municipality, other, siv, bo] = await Promise.all([makeSignKey(), makeSignKey(), makeSignKey(), makeSignKey()]);
const text = (key: SignKey) => toBase64Url(key.publicKey);

const plan = Plan.parse({
  plan: '0b6f5cf0-9a5b-4f6e-8a43-0d1c9a3b7a11',
  version: 3,
  unit: 'unit-1',
  client: 'Björken 3',
  validFrom: '2026-06-01T00:00:00Z',
  validUntil: '2026-12-31T00:00:00Z',
  mode: 'silhouette',
  watch: 'always',
  windows: [],
  alarms: { fall: { persistenceSeconds: 15 } },
  consents: { technology: '2026-05-20', supervision: '2026-05-20', cohabitants: 'lives-alone' },
});
const signerOf = (key: SignKey, change: Partial<Signer> = {}): Signer => ({
  key: text(key),
  name: 'Samordnare, plats 2',
  from: printInstant(later(-1)),
  until: printInstant(later(365)),
  ...change,
});
const forSiv = await signSigner(signerOf(siv), municipality.privateKey);
const opened = async (letter: PlanLetter, at: Instant | 'kept' = night, key = municipality.publicKey) => {
  const said = await openPlan(letter, key, at);
  return said instanceof Fault ? said.code : said.version;
};

describe('a plan that a coordinator has signed on an own device', () => {
  it('A7.1 is the municipality’s where it has signed for that device', async () =>
    expect(await opened(await signPlan(plan, siv.privateKey, forSiv))).toBe(3));

  const refused: readonly (readonly [string, () => Promise<PlanLetter>, (Instant | 'kept')?])[] = [
    ['nobody has signed for the device', () => signPlan(plan, siv.privateKey)],
    ['another device has signed it', () => signPlan(plan, bo.privateKey, forSiv)],
    [
      'the device has signed for itself',
      async () => signPlan(plan, siv.privateKey, await signSigner(signerOf(siv), siv.privateKey)),
    ],
    [
      'another municipality has signed for it',
      async () => signPlan(plan, siv.privateKey, await signSigner(signerOf(siv), other.privateKey)),
    ],
    ['the word for it has run out', async () => signPlan(plan, siv.privateKey, forSiv), later(366)],
    ['the word for it has not begun', async () => signPlan(plan, siv.privateKey, forSiv), later(-2)],
    [
      'the word for it is for longer than a year',
      async () =>
        signPlan(
          plan,
          siv.privateKey,
          await signSigner(signerOf(siv, { until: printInstant(later(800)) }), municipality.privateKey),
        ),
    ],
    [
      'another key was put into the word for it',
      async () => {
        const swapped = new TextEncoder().encode(JSON.stringify(signerOf(bo)));
        return signPlan(plan, bo.privateKey, { body: toBase64Url(swapped), signature: forSiv.signature });
      },
    ],
    [
      'the word is that for a console, which may look and sign no plan',
      async () => {
        const { from, until } = signerOf(siv);
        const voucher = { console: text(siv), place: 'Plats 2', validFrom: from, validUntil: until };
        return signPlan(plan, siv.privateKey, await signVoucher(voucher, municipality.privateKey));
      },
    ],
    [
      'the word was signed as if it were a plan',
      async () => {
        const body = new TextEncoder().encode(JSON.stringify(signerOf(siv)));
        const signature = toBase64Url(await sign('plan', body, municipality.privateKey));
        return signPlan(plan, siv.privateKey, { body: toBase64Url(body), signature });
      },
    ],
    [
      'the municipality’s own plan came with a word of somebody else',
      async () => ({
        ...(await signPlan(plan, municipality.privateKey)),
        signer: forSiv,
      }),
    ],
    [
      'the word was taken off',
      async () => {
        const { signer: _, ...letter } = await signPlan(plan, siv.privateKey, forSiv);
        return letter;
      },
    ],
    [
      'one letter of it is another',
      async () => {
        const letter = await signPlan(plan, siv.privateKey, forSiv);
        const body = fromBase64Url(letter.body);
        const words = new TextDecoder().decode(body).replace('silhouette', 'clear');
        return { ...letter, body: toBase64Url(new TextEncoder().encode(words)) };
      },
    ],
  ];
  for (const [story, make, at] of refused)
    it(`is refused where ${story}`, async () => expect(await opened(await make(), at)).not.toBe(3));

  it('stays in force on a unit that has taken it, also when the word for its signer has run out', async () =>
    expect(await opened(await signPlan(plan, siv.privateKey, forSiv), 'kept')).toBe(3));
});

describe('the municipality’s key', () => {
  it('is the same when its 32 secret bytes are entered anew, and gives them to nobody', async () => {
    const seed = crypto.getRandomValues(new Uint8Array(32));
    const [made, restored] = [await signKeyOf(seed), await signKeyOf(seed)];
    expect(text(restored)).toBe(text(made));
    expect(made.privateKey.extractable).toBe(false);
    expect(await opened(await signPlan(plan, restored.privateKey), night, made.publicKey)).toBe(3);
  });

  it('makes of the bytes of RFC 8032, 7.1, test 1, the key that stands there', async () => {
    const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
    const { publicKey } = await signKeyOf(Buffer.from(seed, 'hex'));
    expect(Buffer.from(publicKey).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
  });

  it('is shown to be somebody’s own, for one organisation only', async () => {
    const said = await proveMunicipality('lidkoping', printInstant(night), municipality);
    expect(await isMunicipality('lidkoping', said)).toBe(true);
    expect(await isMunicipality('skara', said)).toBe(false);
    expect(await isMunicipality('lidkoping', { ...said, key: text(other) })).toBe(false);
  });

  it('leads to the one that took its place, as far as both keys say so, and never back', async () => {
    const [first, second, third] = [municipality, other, siv];
    const [on, further] = [await signSuccessor(first, second, night), await signSuccessor(second, third, night)];
    const back = await signSuccessor(third, first, night);
    expect(await followKeys(text(first), [further, on])).toEqual([first, second, third].map(text));
    expect(await followKeys(text(second), [on])).toEqual([text(second)]);
    expect(await followKeys(text(first), [on, further, back])).toEqual([first, second, third].map(text));
    const forged = { ...(await signSuccessor(bo, second, night)), old: text(first) };
    expect(await isSuccessor(forged)).toBe(false);
    expect(await followKeys(text(first), [forged])).toEqual([text(first)]);
    expect(await isSuccessor({ ...on, at: printInstant(passed(night, minutes(1))) })).toBe(false);
    expect(await isSuccessor({ ...on, byNext: on.byOld })).toBe(false);
  });
});
