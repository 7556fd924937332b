/** What this browser signs plans with: the municipality's key itself, or its own, which that one has signed for. No private half leaves it. */
import type { KeyLetter, MunicipalityKeyView } from '@nattfrid/shared/desk/key-routes';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { CryptoKey } from '@nattfrid/shared/seal/crypto-key';
import { proveMunicipality, signSuccessor } from '@nattfrid/shared/seal/municipality-key';
import { signPlan } from '@nattfrid/shared/seal/plan-signature';
import { type SignKey, signKeyOf } from '@nattfrid/shared/seal/sign';
import { openSigner, signSigner } from '@nattfrid/shared/seal/signer';
import { signVoucher } from '@nattfrid/shared/seal/voucher';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { KeyStore } from './key-store.ts';

/** With what this browser can sign. */
/** A list of 2048 words: fetched when a key is made or typed in, and by nobody else. */
const recovery = () => import('./recovery-words.ts');

export type Able =
  | { readonly type: 'municipality' }
  | { readonly type: 'signer'; readonly until: string }
  | { readonly type: 'nothing' };

/** A key that is on its way to the sheet, and not kept yet. */
export interface NewKey {
  readonly words: readonly string[];
  /** Base64url. */
  readonly publicKey: string;
  readonly key: SignKey;
}

export interface Signing {
  able(view: MunicipalityKeyView): Promise<Able>;
  /** Made of chance, and told as words for the sheet. Kept nowhere yet. */
  make(): Promise<NewKey>;
  /** @returns undefined where a word is mistyped or missing */
  restore(words: string): Promise<SignKey | undefined>;
  /** From now on this browser has it; not even this page can read it out. */
  keep(key: SignKey): Promise<void>;
  /** What the relay is told of a new key; where this browser has the one before it, with its word. */
  tell(view: MunicipalityKeyView, next: SignKey): Promise<Asked<'setMunicipalityKey'>>;
  /** With the municipality's key: another browser may sign plans, or look. @throws Fault where this browser does not have it */
  letterFor(kind: KeyLetter['kind'], key: string, name: string): Promise<KeyLetter>;
  /** @throws Fault where this browser may not sign */
  plan(plan: Plan, view: MunicipalityKeyView): Promise<PlanLetter>;
}

const shelf = 'municipality-key';
/** How long its word for another key counts. */
const wordCounts = hours(365 * 24);

interface Kept {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly privateKey: CryptoKey;
}

/** @param own this browser's own key, by which it is known as a console */
export function openSigning(clock: Clock, store: KeyStore, own: () => Promise<SignKey | undefined>): Signing {
  const root = async () => (await store.get(shelf)) as Kept | undefined;
  const rootOf = async ({ key }: MunicipalityKeyView) => {
    const kept = await root();
    return kept && key && toBase64Url(kept.publicKey) === key.key ? kept : undefined;
  };
  /** The word for this browser, checked here: the relay might show one for another. */
  async function word({ key, letters }: MunicipalityKeyView) {
    const mine = await own();
    if (!mine || !key) return undefined;
    for (const one of letters) {
      if (one.kind !== 'signer' || one.key !== toBase64Url(mine.publicKey)) continue;
      const said = await openSigner(one.letter, fromBase64Url(key.key));
      if (!(said instanceof Fault) && said.key === one.key) return { letter: one.letter, until: said.until, key: mine };
    }
    return undefined;
  }
  return {
    async able(view) {
      if (await rootOf(view)) return { type: 'municipality' };
      const said = await word(view);
      return said ? { type: 'signer', until: said.until } : { type: 'nothing' };
    },
    async make() {
      const { wordsOf } = await recovery();
      const seed = crypto.getRandomValues(new Uint8Array(32));
      const key = await signKeyOf(seed);
      const words = wordsOf(seed);
      seed.fill(0);
      return { words, publicKey: toBase64Url(key.publicKey), key };
    },
    async restore(words) {
      const { seedOf } = await recovery();
      const seed = seedOf(words);
      return seed && signKeyOf(seed);
    },
    keep: ({ publicKey, privateKey }) => store.put(shelf, { publicKey, privateKey }),
    async tell(view, next) {
      const at = printInstant(clock.now());
      const possession = await proveMunicipality(view.organisation, at, next);
      const before = await rootOf(view);
      const replaces = before && toBase64Url(before.publicKey) !== possession.key;
      return { possession, ...(replaces && { successor: await signSuccessor(before, next, clock.now()) }) };
    },
    async letterFor(kind, key, name) {
      const kept = await root();
      if (!kept) throw new Fault('not-allowed', 'The municipality’s key is not in this browser.');
      const [from, until] = [clock.now(), after(clock.now(), wordCounts)].map(printInstant) as [string, string];
      switch (kind) {
        case 'signer':
          return { kind, key, letter: await signSigner({ key, name, from, until }, kept.privateKey) };
        case 'voucher': {
          const said = { console: key, place: name, validFrom: from, validUntil: until };
          return { kind, key, letter: await signVoucher(said, kept.privateKey) };
        }
      }
    },
    async plan(plan, view) {
      const kept = await rootOf(view);
      if (kept) return signPlan(plan, kept.privateKey);
      const said = await word(view);
      if (!said) throw new Fault('not-allowed', 'This browser may not sign plans.');
      return signPlan(plan, said.key.privateKey, said.letter);
    },
  };
}
