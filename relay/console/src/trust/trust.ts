/** The keys that this console goes by, kept in this browser: its own, and those it has learnt of units and municipalities. */
import type { Answered, Asked } from '@nattfrid/shared/desk/routes';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { windowAt } from '@nattfrid/shared/domain/window';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { proveCall, type SignedCall } from '@nattfrid/shared/seal/call-proof';
import { confirmConsole, type NamedConsole, withdrawConsole } from '@nattfrid/shared/seal/confirmation';
import { type Asking, proveConsole } from '@nattfrid/shared/seal/console-proof';
import type { CryptoKeyPair } from '@nattfrid/shared/seal/crypto-key';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { followKeys } from '@nattfrid/shared/seal/municipality-key';
import { openPlan } from '@nattfrid/shared/seal/plan-signature';
import { provePossession } from '@nattfrid/shared/seal/possession';
import { type ConfirmingRoom, proveRoom } from '@nattfrid/shared/seal/room-proof';
import type { SignKey } from '@nattfrid/shared/seal/sign';
import { proveWish, type Wishing } from '@nattfrid/shared/seal/wish-proof';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Withdrawal } from '@nattfrid/shared/wire/console-list';
import {
  type CallProof,
  type Confirmation,
  type ConsoleProof,
  type RoomProof,
  VoucherLetter,
  type WishProof,
} from '@nattfrid/shared/wire/console-proof';
import type { SuccessorLetter } from '@nattfrid/shared/wire/signer-letter';
import { call } from '../link/api.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import { openSigning, type Signing } from './signing.ts';
import { isKnown, PinnedKey, type Signed, weigh } from './unit-key.ts';

export interface ConsoleSelf {
  readonly key: string;
  readonly fingerprint: string;
  readonly vouched: boolean;
}

export interface Trust {
  /** Checks a unit's key. @param told the key that the relay tells @throws Fault `key-changed`, once the relay has logged it */
  unit(unit: UnitId, told: string): Promise<void>;
  /** Signs a look's own key with this console's. @returns undefined where this browser has no Ed25519 */
  prove(asking: Omit<Asking, 'at'>): Promise<ConsoleProof | undefined>;
  /** Signs the wish for a mode with this console's key. @returns undefined where this browser has no Ed25519 */
  proveWish(wishing: Omit<Wishing, 'at'>): Promise<WishProof | undefined>;
  /** Signs a room that a person has confirmed here, or said yes to. @returns undefined where this browser has no Ed25519 */
  proveRoom(confirming: Omit<ConfirmingRoom, 'at'>): Promise<RoomProof | undefined>;
  /** Signs a wipe, or the choice of a camera: this unit does it once, and soon. @returns undefined where this browser has no Ed25519 */
  proveCall(unit: UnitId, call: SignedCall): Promise<CallProof | undefined>;
  /** @returns the window of this unit's plan, as the municipality has signed it, that is open now; undefined where none is known */
  window(unit: UnitId): Promise<string | undefined>;
  /** This console's key and its fingerprint, and whether the municipality has vouched for it. */
  self(): Promise<ConsoleSelf | undefined>;
  /** Keeps the municipality's voucher for this console. @returns false where the text is not one */
  takeVoucher(text: string): Promise<boolean>;
  /** Shows the relay that this console has its key. @param email of whoever is signed in @returns undefined where this browser has no Ed25519 */
  possession(email: string): Promise<Asked<'registerConsole'> | undefined>;
  /** A colleague's word for this console, which goes along with each look from here; undefined: there is none. */
  takeConfirmation(confirmation: Confirmation | undefined): void;
  /** Signs that a console is this operator's. @throws Fault where this browser has no Ed25519 */
  confirm(named: NamedConsole): Promise<Confirmation>;
  /** Signs that it is so no longer. @returns undefined where this browser has no Ed25519 */
  withdraw(named: NamedConsole): Promise<Withdrawal | undefined>;
  /** What this browser signs plans with. */
  readonly signing: Signing;
}

export function openTrust(clock: Clock, store: KeyStore = openKeyStore()): Trust {
  let own: Promise<SignKey | undefined> | undefined;
  const self = () => (own ??= ownKey(store).catch(() => undefined));
  const voucher = async () => VoucherLetter.safeParse(await store.get('voucher')).data;
  let confirmation: Confirmation | undefined;
  const now = () => printInstant(clock.now());
  const asked = new Set<UnitId>();
  async function check(unit: UnitId, told: string, pinned: PinnedKey | undefined): Promise<void> {
    asked.add(unit);
    const weighed = weigh(pinned, told, await signedFor(unit, store, clock), now());
    await store.put(`unit ${unit}`, weighed.pin);
    if (weighed.type === 'trusted') return;
    await call('keyChanged', { unit }, { known: weighed.pin.key, told }).catch(() => undefined);
    throw new Fault('key-changed', `The unit ${unit} has another key than the one that this console knows.`);
  }
  return {
    signing: openSigning(clock, store, self),
    async unit(unit, told) {
      const pinned = PinnedKey.safeParse(await store.get(`unit ${unit}`)).data;
      if (pinned && isKnown(pinned, told)) {
        // The municipality may have signed since for a key that was only seen; asked once, without waiting for the answer.
        if (!pinned.vouched && !asked.has(unit)) void check(unit, told, pinned).catch(() => undefined);
        return;
      }
      await check(unit, told, pinned);
    },
    async prove(asking) {
      const key = await self();
      return key && proveConsole({ ...asking, at: now() }, key, await voucher(), confirmation);
    },
    async proveWish(wishing) {
      const key = await self();
      return key && proveWish({ ...wishing, at: now() }, key);
    },
    async proveRoom(confirming) {
      const key = await self();
      return key && proveRoom({ ...confirming, at: now() }, key, await voucher(), confirmation);
    },
    async proveCall(unit, asked) {
      const key = await self();
      const asking = { unit, call: asked, nonce: crypto.randomUUID(), at: now() };
      return key && proveCall(asking, key, await voucher(), confirmation);
    },
    async window(unit) {
      const plan = await signedPlan(unit, store, clock).catch(() => undefined);
      return plan?.windows.find((one) => windowAt(one, clock.now()) !== undefined)?.id;
    },
    async self() {
      const key = await self();
      if (!key) return undefined;
      const vouched = (await voucher()) !== undefined;
      return { key: toBase64Url(key.publicKey), fingerprint: await fingerprint(key.publicKey), vouched };
    },
    async takeVoucher(text) {
      const read = VoucherLetter.safeParse(parse(text));
      if (read.success) await store.put('voucher', read.data);
      return read.success;
    },
    async possession(email) {
      const key = await self();
      if (!key) return undefined;
      const vouched = await voucher();
      return { ...(await provePossession(email, now(), key)), ...(vouched && { voucher: vouched }) };
    },
    takeConfirmation(given) {
      confirmation = given;
    },
    async confirm(named) {
      const key = await self();
      if (!key) throw new Fault('not-allowed', 'This browser cannot sign.');
      return confirmConsole(named, clock.now(), key, await voucher());
    },
    async withdraw(named) {
      const key = await self();
      return key && withdrawConsole(named, clock.now(), key, await voucher());
    },
  };
}

/** Made at the first sign-in; its private half is not extractable, not even by this page. */
async function ownKey(store: KeyStore): Promise<SignKey> {
  const kept = (await store.get('own')) as CryptoKeyPair | undefined;
  const pair = kept ?? ((await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair);
  if (!kept) await store.put('own', pair);
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: pair.privateKey,
  };
}

/** The unit's key in the plan that the municipality has signed. */
async function signedFor(unit: UnitId, store: KeyStore, clock: Clock): Promise<Signed> {
  const plan = await signedPlan(unit, store, clock);
  return plan?.unitKey ? { type: 'says', unitKey: plan.unitKey, version: plan.version } : { type: 'nothing' };
}

/** The plan, checked with the municipality's key: the one built in or the first that was told under its name, and what took its place. */
async function signedPlan(unit: UnitId, store: KeyStore, clock: Clock): Promise<Plan | undefined> {
  const held = await call('plan', { unit }, {}).catch((error: unknown): Answered<'plan'> => {
    // While the relay cannot be reached, the console goes by the unit's key that it has seen before.
    if (asFault(error).code === 'link-lost') return {};
    throw error;
  });
  if (!held.letter || !held.municipality) return undefined;
  const key = await municipalityKey(held.municipality, held.letter.successors ?? [], store);
  const plan = await openPlan(held.letter, fromBase64Url(key), clock.now());
  return plan instanceof Fault || plan.unit !== unit ? undefined : plan;
}

async function municipalityKey(
  told: { readonly name: string; readonly key: string },
  successors: readonly SuccessorLetter[],
  store: KeyStore,
): Promise<string> {
  const pinned = await store.get(`municipality ${told.name}`);
  const builtIn = builtInKeys().get(told.name);
  const known = builtIn ?? (typeof pinned === 'string' ? pinned : undefined);
  // What is kept has come from the key that was built in: it is not led back to that.
  const from = typeof pinned === 'string' && (await cameFrom(pinned, known, successors)) ? pinned : (known ?? told.key);
  const newest = (await followKeys(from, successors)).at(-1) ?? from;
  if (newest !== pinned) await store.put(`municipality ${told.name}`, newest);
  return newest;
}

const cameFrom = async (pinned: string, known: string | undefined, successors: readonly SuccessorLetter[]) =>
  known === undefined || pinned === known || (await followKeys(known, successors)).includes(pinned);

/** «falkoping=KEY,nynashamn=KEY», given when a municipality builds the console itself. */
const builtInKeys = (): ReadonlyMap<string, string> =>
  new Map(
    String(import.meta.env['VITE_MUNICIPALITY_KEYS'] ?? '')
      .split(',')
      .filter((pair) => pair.includes('='))
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
