/** Whose keys may sign plans: those of the settings, and those that a coordinator has set. Public halves; the relay signs nothing. */
import type { KeyLetter, MunicipalityKeyView } from '@nattfrid/shared/desk/key-routes';
import { Fault } from '@nattfrid/shared/fault/fault';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { isMunicipality, isSuccessor } from '@nattfrid/shared/seal/municipality-key';
import type { Possession } from '@nattfrid/shared/seal/possession';
import { openSigner, signsAt } from '@nattfrid/shared/seal/signer';
import { openVoucher } from '@nattfrid/shared/seal/voucher';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { SuccessorLetter } from '@nattfrid/shared/wire/signer-letter';
import type { Audit } from '../audit/audit.ts';
import type { Operator } from '../operators/operators.ts';
import type { Store } from '../store/database.ts';
import {
  allMunicipalityKeys,
  insertMunicipalityKey,
  keyLetters,
  type MunicipalityKeyRow,
  saveKeyLetter,
} from '../store/municipality-keys-table.ts';

export interface MunicipalityKeys {
  /** Municipality > the public key that counts now, base64url. */
  all(): ReadonlyMap<string, string>;
  /** How a unit comes from an older key to the one that counts, oldest first. */
  successors(municipality: string): readonly SuccessorLetter[];
  view(organisation: string): Promise<MunicipalityKeyView>;
  set(who: Operator, possession: Possession, successor?: SuccessorLetter): Promise<MunicipalityKeyView | Fault>;
  keep(who: Operator, letter: KeyLetter): Promise<MunicipalityKeyView | Fault>;
}

/** Clocks differ. */
const longestUnderWay: Duration = minutes(15);
/** As many as a letter to a unit can carry. */
const mostKeys = 8;

export async function openMunicipalityKeys(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  /** Of the settings, municipality > key: nothing that comes over a route changes them. */
  readonly fixed: Readonly<Record<string, string>>;
}): Promise<MunicipalityKeys> {
  const { store, clock, audit, fixed } = parts;
  let rows = await allMunicipalityKeys(store.db);
  const own = (organisation: string) => rows.filter((row) => row.organisation === organisation);
  const current = (organisation: string): string | undefined =>
    Object.hasOwn(fixed, organisation) ? fixed[organisation] : own(organisation).at(-1)?.key;
  const isNow = (at: string) => Math.abs(clock.now() - parseInstant(at)) <= longestUnderWay;

  async function view(organisation: string): Promise<MunicipalityKeyView> {
    const key = current(organisation);
    const row = own(organisation).findLast((one) => one.key === key);
    const letters = key
      ? await counting(await keyLetters(store.db, organisation), fromBase64Url(key), clock.now())
      : [];
    return {
      organisation,
      ...(key && {
        key: {
          key,
          fixed: Object.hasOwn(fixed, organisation),
          ...(row && { since: printInstant(row.setAt), by: row.who }),
        },
      }),
      successors: successors(organisation),
      letters,
    };
  }

  const successors = (organisation: string) => own(organisation).flatMap(({ successor }) => successor ?? []);

  return {
    all: () =>
      new Map([...rows.map(({ organisation, key }) => [organisation, key] as const), ...Object.entries(fixed)]),
    successors,
    view,
    async set(who, possession, successor) {
      const { organisation } = who;
      const before = current(organisation);
      if (Object.hasOwn(fixed, organisation))
        return new Fault(
          'not-allowed',
          'The key stands in the settings of the relay (planKeys), and is changed there.',
        );
      if (!isNow(possession.at) || !(await isMunicipality(organisation, possession)))
        return new Fault('request-invalid', 'You have not shown that you have this key. Is the clock right?');
      if (before === possession.key) return view(organisation);
      if (before !== undefined && !(successor && (await leads(successor, before, possession.key))))
        return new Fault('not-allowed', 'There is a key already: only that one can say that another takes its place.');
      if (own(organisation).length >= mostKeys)
        return new Fault('not-now', 'The key has been replaced very often. Have a technician set it on the units.');
      if (own(organisation).some(({ key }) => key === possession.key))
        return new Fault('not-allowed', 'This key has been replaced: units never go back to it.');
      await audit.write(who.name, 'municipality-key-set', organisation, {
        key: await fingerprint(fromBase64Url(possession.key)),
        ...(before !== undefined && { instead: await fingerprint(fromBase64Url(before)) }),
        operator: who.id,
      });
      const row: MunicipalityKeyRow = {
        organisation,
        number: own(organisation).length + 1,
        key: possession.key,
        setAt: clock.now(),
        who: who.name,
        ...(before !== undefined && successor && { successor }),
      };
      await store.write((tx) => insertMunicipalityKey(tx.db, row));
      rows = [...rows, row];
      return view(organisation);
    },
    async keep(who, letter) {
      const { organisation } = who;
      const key = current(organisation);
      if (!key) return new Fault('not-now', 'The municipality has no key yet.');
      const [counts] = await counting([letter], fromBase64Url(key), clock.now());
      if (!counts) return new Fault('signature-wrong', 'The municipality’s key has not signed this for that key.');
      await audit.write(
        who.name,
        letter.kind === 'signer' ? 'signer-signed' : 'console-vouched',
        await fingerprint(fromBase64Url(letter.key)),
        { operator: who.id },
      );
      await store.write((tx) => saveKeyLetter(tx.db, organisation, letter, clock.now()));
      return view(organisation);
    },
  };
}

const leads = async (letter: SuccessorLetter, from: string, to: string): Promise<boolean> =>
  letter.old === from && letter.next === to && (await isSuccessor(letter));

/** Those that this key has signed, for the key that they are kept under, and that have not run out. */
async function counting(
  letters: readonly KeyLetter[],
  key: Uint8Array<ArrayBuffer>,
  at: Instant,
): Promise<readonly KeyLetter[]> {
  const good: KeyLetter[] = [];
  for (const one of letters) if (await counts(one, key, at)) good.push(one);
  return good;
}

async function counts(one: KeyLetter, key: Uint8Array<ArrayBuffer>, at: Instant): Promise<boolean> {
  switch (one.kind) {
    case 'signer': {
      const said = await openSigner(one.letter, key);
      return !(said instanceof Fault) && said.key === one.key && signsAt(said, at);
    }
    case 'voucher': {
      const said = await openVoucher(one.letter, key);
      return !(said instanceof Fault) && said.console === one.key && at < parseInstant(said.validUntil);
    }
  }
}
