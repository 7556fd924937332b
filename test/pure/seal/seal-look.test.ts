/** A look as the unit seals it and the console opens it, with a relay between them that tries everything. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { makeOperatorKey } from '@nattfrid/shared/seal/hpke';
import { openPlan, signPlan } from '@nattfrid/shared/seal/plan-signature';
import { openLook, type SealedKind, sealLook } from '@nattfrid/shared/seal/seal-look';
import { exportPrivateSignKey, importPrivateSignKey, makeSignKey, sign, verify } from '@nattfrid/shared/seal/sign';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { Opening } from '@nattfrid/shared/wire/picture';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const look = '00000000-0000-4000-8000-000000000001' as LookId;
const other = '00000000-0000-4000-8000-000000000002' as LookId;
const unit = await makeSignKey();
const operator = await makeOperatorKey();
const picture = (value: number) => new Uint8Array(40).fill(value);
const codeOf = (outcome: unknown) => (outcome instanceof Fault ? outcome.code : 'opened');

async function sealed() {
  const made = await sealLook({ look, operatorKey: operator.publicKey, unitPrivateKey: unit.privateKey });
  if (made instanceof Fault) throw made;
  return made;
}
type Sealed = Awaited<ReturnType<typeof sealed>>;

const asking = (from: Sealed) => ({
  opening: from.opening,
  look,
  operatorPrivateKey: operator.privateKey,
  operatorPublicKey: operator.publicKey,
  unitPublicKey: unit.publicKey,
});
async function opened(from: Sealed) {
  const one = await openLook(asking(from));
  if (one instanceof Fault) throw one;
  return one;
}

describe('a sealed look', () => {
  it('arrives as it was sent, in order', async () => {
    const from = await sealed();
    const to = await opened(from);
    expect(Opening.parse(from.opening)).toEqual(from.opening);
    for (const [kind, value] of [
      ['key', 1],
      ['delta', 2],
      ['notice', 3],
    ] as const)
      expect(await to.open(kind, await from.seal(kind, picture(value)))).toEqual(picture(value));
  });

  it('keeps its order where a small picture would open faster than the large one before it', async () => {
    const from = await sealed();
    const to = await opened(from);
    const sizes = Array.from({ length: 20 }, (_, at) => (at % 2 ? 10 : 400_000));
    const all: Uint8Array<ArrayBuffer>[] = [];
    for (const size of sizes) all.push(await from.seal('delta', new Uint8Array(size)));
    const outcomes = await Promise.all(all.map((one) => to.open('delta', one)));
    expect(outcomes.map(codeOf)).toEqual(sizes.map(() => 'opened'));
  });

  it('may lose pictures on the way, and goes on', async () => {
    const from = await sealed();
    const to = await opened(from);
    const all = [];
    for (let at = 0; at < 5; at++) all.push(await from.seal('delta', picture(at)));
    expect(await to.open('delta', all[1]!)).toEqual(picture(1));
    expect(await to.open('delta', all[4]!)).toEqual(picture(4));
  });

  it('refuses any changed byte, and then still takes the true picture', async () => {
    const from = await sealed();
    const to = await opened(from);
    const true_ = await from.seal('key', picture(7));
    await fc.assert(
      fc.asyncProperty(fc.nat(true_.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = true_.slice();
        changed[at]! ^= change;
        expect(codeOf(await to.open('key', changed))).toBe('seal-broken');
      }),
      { numRuns: 150 },
    );
    expect(codeOf(await to.open('key', true_))).toBe('opened');
  });

  it('refuses every repetition and every step back, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), async (order) => {
        const from = await sealed();
        const to = await opened(from);
        const all: Uint8Array<ArrayBuffer>[] = [];
        for (let at = 0; at < 6; at++) all.push(await from.seal('delta', picture(at)));
        // All at once: a hurry must not let two through where one after the other would not.
        const outcomes = (await Promise.all(order.map((at) => to.open('delta', all[at]!)))).map(codeOf);
        let last = -1;
        const expected = order.map((at) => {
          if (at <= last) return 'seal-replayed';
          last = at;
          return 'opened';
        });
        expect(outcomes).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('refuses a picture under another name than it was sealed with', async () => {
    const kinds: readonly SealedKind[] = ['key', 'delta', 'notice'];
    for (const kind of kinds)
      for (const name of kinds) {
        const from = await sealed();
        const to = await opened(from);
        expect(codeOf(await to.open(name, await from.seal(kind, picture(1))))).toBe(
          name === kind ? 'opened' : 'seal-broken',
        );
      }
  });

  it('opens for no other console, though it holds every byte', async () => {
    const from = await sealed();
    const stranger = await makeOperatorKey();
    const key = { operatorPrivateKey: stranger.privateKey, operatorPublicKey: stranger.publicKey };
    expect(codeOf(await openLook({ ...asking(from), ...key }))).toBe('signature-wrong');
    const to = await openLook({ ...asking(from), operatorPrivateKey: stranger.privateKey });
    if (to instanceof Fault) expect(to.code).toBe('seal-broken');
    else expect(codeOf(await to.open('key', await from.seal('key', picture(1))))).toBe('seal-broken');
  });

  it('refuses an opening in which anything was changed, or that another unit has signed', async () => {
    const from = await sealed();
    const another = await sealed();
    const swap = (fields: Partial<Opening>) => openLook({ ...asking(from), opening: { ...from.opening, ...fields } });
    expect(codeOf(await swap({ encapsulated: another.opening.encapsulated }))).toBe('signature-wrong');
    expect(codeOf(await swap({ codec: 'avc1.640028' }))).toBe('signature-wrong');
    expect(codeOf(await swap({ width: 320 }))).toBe('signature-wrong');
    expect(codeOf(await swap({ look: other }))).toBe('signature-wrong');
    expect(codeOf(await openLook({ ...asking(from), look: other }))).toBe('signature-wrong');
    const impostor = (await makeSignKey()).publicKey;
    expect(codeOf(await openLook({ ...asking(from), unitPublicKey: impostor }))).toBe('signature-wrong');
  });

  it('refuses an earlier connection of the same look, played again', async () => {
    const heard = new Set<string>();
    const first = await sealed();
    expect(codeOf(await openLook({ ...asking(first), heard }))).toBe('opened');
    expect(codeOf(await openLook({ ...asking(await sealed()), heard }))).toBe('opened');
    expect(codeOf(await openLook({ ...asking(first), heard }))).toBe('seal-replayed');
  });

  it('says so where the operator’s key is no key', async () => {
    const none = await sealLook({ look, operatorKey: new Uint8Array(32), unitPrivateKey: unit.privateKey });
    expect(codeOf(none)).toBe('seal-broken');
  });

  it('keeps the operator’s private key where it was made', async () => {
    await expect(crypto.subtle.exportKey('pkcs8', operator.privateKey)).rejects.toThrow();
  });
});

describe('a signed plan', async () => {
  const plan = {
    plan: '00000000-0000-4000-8000-0000000000aa',
    version: 1,
    unit: 'unit-1',
    client: 'Anna 3',
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2027-01-01T00:00:00Z',
    mode: 'silhouette',
    watch: 'always',
    windows: [{ id: 'night', from: '23:45', to: '00:15', looks: 1 }],
    alarms: {},
    longestLookSeconds: 120,
    retryAfterMinutes: 15,
    consents: { technology: '2026-01-01', supervision: '2026-01-01', cohabitants: 'lives-alone' },
  } as unknown as Plan;
  const municipality = await makeSignKey();

  it('is taken as it was signed', async () =>
    expect(await openPlan(await signPlan(plan, municipality.privateKey), municipality.publicKey, 'kept')).toEqual(
      plan,
    ));

  it('is refused with any other mode, key or signature', async () => {
    const letter = await signPlan(plan, municipality.privateKey);
    const text = new TextDecoder().decode(fromBase64Url(letter.body)).replace('silhouette', 'clear');
    const clear = { ...letter, body: toBase64Url(new TextEncoder().encode(text)) };
    expect(codeOf(await openPlan(clear, municipality.publicKey, 'kept'))).toBe('signature-wrong');
    expect(codeOf(await openPlan(letter, unit.publicKey, 'kept'))).toBe('signature-wrong');
  });

  it('lets a signature for one thing pass for no other', async () => {
    const bytes = new Uint8Array(10);
    const signature = await sign('plan', bytes, unit.privateKey);
    expect(await verify('plan', bytes, signature, unit.publicKey)).toBe(true);
    expect(await verify('look-opening', bytes, signature, unit.publicKey)).toBe(false);
  });

  it('is signed by a key that went through the store', async () => {
    const kept = await importPrivateSignKey(await exportPrivateSignKey(municipality.privateKey));
    expect(codeOf(await openPlan(await signPlan(plan, kept), municipality.publicKey, 'kept'))).toBe('opened');
  });
});
