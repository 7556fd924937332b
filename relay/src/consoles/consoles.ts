/** The consoles of operators: registered after sign-in, confirmed by a colleague's console, withdrawn; each line in the audit log first. */
import { type ConsoleView, waits } from '@nattfrid/shared/desk/console-view';
import { may } from '@nattfrid/shared/desk/permissions';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { countsAt, isConfirmation, isWithdrawal } from '@nattfrid/shared/seal/confirmation';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { possesses } from '@nattfrid/shared/seal/possession';
import { vouchesFor } from '@nattfrid/shared/seal/voucher';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { ConsoleProof, VoucherLetter } from '@nattfrid/shared/wire/console-proof';
import type { Audit, AuditWhat } from '../audit/audit.ts';
import { aliasOf } from '../operators/alias.ts';
import type { Operator } from '../operators/operators.ts';
import type { Orders } from '../order/order.ts';
import type { MunicipalityKeys } from '../plans/municipality-keys.ts';
import { shareConsole, unshareConsole } from '../store/computers-table.ts';
import {
  allConsoles,
  type ConsoleRow,
  consolesOf,
  findConsole,
  findConsoleOf,
  saveConsole,
} from '../store/consoles-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { allOperators } from '../store/operators-table.ts';
import { allUnits } from '../store/units-table.ts';
import type { Hub } from '../tell/hub.ts';
import { consoleView } from './console-view.ts';
import { consoleList } from './list.ts';

export interface Consoles {
  /** The first console of a person, and one that the municipality has vouched for, is known; another one waits. */
  register(who: Operator, asked: Asked<'registerConsole'>): Promise<ConsoleView | Fault>;
  for(who: Operator): Promise<readonly ConsoleView[]>;
  /** @param letter signed by the console of whoever confirms, which is known or confirmed itself */
  confirm(who: Operator, letter: Asked<'confirmConsole'>): Promise<ConsoleView | Fault>;
  doubt(who: Operator, asked: Asked<'doubtConsole'>): Promise<ConsoleView | Fault>;
  withdraw(who: Operator, asked: Asked<'withdrawConsole'>): Promise<ConsoleView | Fault>;
  /** Several people use the computer: told to each of them. @returns all who do, of the organisation of whoever says so */
  share(who: Operator, key: string, lockMinutes: number | undefined): Promise<readonly ConsoleView[] | Fault>;
  /** @returns why no unit is asked: units would refuse it, and nobody has to go there because of a console */
  mayLook(who: Operator, proofs: readonly (ConsoleProof | undefined)[]): Promise<Fault | undefined>;
  /** The unit has said that it is here. */
  announced(tx: Tx, unit: UnitId): Promise<void>;
  /** Those that wait for a colleague's word. */
  onDesk(db: Db): Promise<readonly ConsoleView[]>;
}

/** Clocks differ. */
const longestUnderWay: Duration = minutes(15);
/** So many consoles of one person are remembered: nobody has more, and a script that makes them is stopped. */
const mostOfOne = 50;

/** Of one console; the newest goes along with its looks, all go into the list. */
const mostConfirmations = 4;

const unconfirmed = () =>
  new Fault(
    'console-unconfirmed',
    'This console is new. Ask a colleague to compare its figures and confirm it; the look stays on the list.',
  );
const gone = () => new Fault('console-withdrawn', 'This console has been withdrawn. Speak to your coordinator.');
const unknown = () => new Fault('not-found', 'There is no such console.');

export function openConsoles(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly audit: Audit;
  readonly orders: Orders;
  readonly keys: Pick<MunicipalityKeys, 'all'>;
  /** Makes aliases of operators that nobody outside the relay can turn back. */
  readonly secret: string;
}): Consoles {
  const { store, clock, hub, audit, orders, secret } = parts;

  async function isVouched(key: string, voucher: VoucherLetter | undefined): Promise<boolean> {
    for (const municipality of parts.keys.all().values())
      if (await vouchesFor(voucher, key, fromBase64Url(municipality), clock.now())) return true;
    return false;
  }

  async function write(who: Operator, what: AuditWhat, { key, who: whose }: Pick<ConsoleRow, 'key' | 'who'>) {
    await audit.write(who.name, what, await fingerprint(fromBase64Url(key)), { of: whose, operator: who.id });
  }

  /** @param change undefined: it has become another in the meantime */
  const save = (
    alias: ConsoleRow['alias'],
    key: string,
    change: (row: ConsoleRow) => ConsoleRow | undefined,
  ): Promise<ConsoleView | Fault> =>
    store.write(async (tx) => {
      const row = await findConsoleOf(tx.db, alias, key);
      const next = row && change(row);
      if (!next) return unknown();
      await saveConsole(tx.db, next);
      tell(tx, next);
      return consoleView(next);
    });

  const tell = (tx: Tx, row: ConsoleRow) => tx.after(() => hub.tell({ type: 'console', console: consoleView(row) }));

  async function listAnew(): Promise<void> {
    const list = consoleList(await allConsoles(store.db), clock.now());
    // One that is not connected has it when it says that it is here.
    if (list) for (const { unit } of await allUnits(store.db)) orders.give(unit, 'console-list', list);
  }

  const isNow = (at: string): boolean => Math.abs(clock.now() - parseInstant(at)) <= longestUnderWay;

  return {
    async register(who, { label, voucher, ask, ...said }) {
      if (!isNow(said.at) || !(await possesses(who.email, said)))
        return new Fault('request-invalid', 'This console has not shown that the key is its own. Is its clock right?');
      const now = clock.now();
      const vouched = await isVouched(said.key, voucher);
      const own = await consolesOf(store.db, who.id);
      const before = own.find(({ key }) => key === said.key);
      if (!before && own.length >= mostOfOne)
        return new Fault('too-many-requests', 'You have had very many consoles. Speak to your coordinator.');
      const isKnown = vouched || own.length === 0;
      if (!before) await write(who, isKnown ? 'console-known' : 'console-new', { key: said.key, who: who.name });
      return store.write(async (tx) => {
        const others = await consolesOf(tx.db, who.id);
        const kept = others.find(({ key }) => key === said.key);
        const row: ConsoleRow = {
          operator: who.id,
          alias: aliasOf(who.id, secret),
          key: said.key,
          state: vouched || others.length === 0 ? 'known' : 'unconfirmed',
          asks: false,
          confirmations: [],
          firstSeenAt: now,
          ...kept,
          who: who.name,
          ...(label && { label }),
          lastSeenAt: now,
        };
        const next = { ...row, ...(row.state === 'unconfirmed' && vouched && { state: 'known' as const }) };
        const asks = (next.state === 'known' || next.state === 'confirmed') && (next.asks || ask === true);
        await saveConsole(tx.db, { ...next, asks });
        // As it stands now: whether the computer is shared was said of its key, perhaps by somebody else.
        const saved = (await findConsole(tx.db, who.id, said.key)) ?? { ...next, asks };
        if (!kept || kept.state !== next.state || kept.asks !== asks) tell(tx, saved);
        return consoleView(saved);
      });
    },
    async for(who) {
      const all = await allConsoles(store.db);
      const own = new Set(
        (await allOperators(store.db)).flatMap((one) => (one.organisation === who.organisation ? [one.id] : [])),
      );
      const ours = all.filter((row) => own.has(row.operator));
      const seen = may(who.role, 'manage-people')
        ? ours
        : ours.filter((row) => row.operator === who.id || waitsNow(row));
      return seen.map(consoleView);
    },
    async confirm(who, letter) {
      const row = await findConsoleOf(store.db, letter.operator, letter.console);
      if (!row) return unknown();
      const signer = await findConsole(store.db, who.id, letter.by);
      const fault = await cannotConfirm(who, letter, row, signer, clock.now());
      if (fault) return fault;
      await write(who, 'console-confirmed', row);
      const confirmed = await save(letter.operator, letter.console, (now) => {
        if (now.state === 'withdrawn') return undefined;
        const { doubtedBy: _settled, ...rest } = now;
        const others = rest.confirmations.filter(({ by }) => by !== letter.by);
        const confirmations = [letter, ...others].slice(0, mostConfirmations);
        return { ...rest, state: 'confirmed', asks: false, by: who.name, confirmations };
      });
      if (!(confirmed instanceof Fault)) await listAnew();
      return confirmed;
    },
    async doubt(who, { operator, console }) {
      const row = await findConsoleOf(store.db, operator, console);
      if (!row || !waitsNow(row)) return unknown();
      await write(who, 'console-doubted', row);
      return save(operator, console, (now) => ({ ...now, doubtedBy: who.name }));
    },
    async withdraw(who, { operator, console, letter }) {
      const row = await findConsoleOf(store.db, operator, console);
      if (!row) return unknown();
      if (!may(who.role, 'manage-people') && row.operator !== who.id)
        return new Fault('not-allowed', 'Only whoever looks after people withdraws the console of somebody else.');
      const meant = !letter || (letter.operator === operator && letter.console === console && isNow(letter.at));
      if (!meant || (letter && !(await isWithdrawal(letter))))
        return new Fault('signature-wrong', 'This withdrawal is not signed as it should be.');
      const signer = letter && (await findConsole(store.db, who.id, letter.by));
      const counts = signer?.state === 'known' || signer?.state === 'confirmed';
      await write(who, 'console-withdrawn', row);
      const withdrawn = await save(operator, console, (now) => {
        const over = { state: 'withdrawn', asks: false, confirmations: [], by: who.name } as const;
        return {
          ...now,
          ...over,
          ...(letter && counts && { withdrawal: letter }),
        };
      });
      if (!(withdrawn instanceof Fault)) await listAnew();
      return withdrawn;
    },
    async share(who, key, lockMinutes) {
      const own = new Set(
        (await allOperators(store.db)).flatMap((one) => (one.organisation === who.organisation ? [one.id] : [])),
      );
      const isOfTheirs = (row: ConsoleRow) => row.key === key && own.has(row.operator);
      if (!(await allConsoles(store.db)).some(isOfTheirs)) return unknown();
      const subject = await fingerprint(fromBase64Url(key));
      return store.write(async (tx) => {
        const { organisation, id, name } = who;
        if (lockMinutes === undefined) {
          await audit.append(tx, name, 'console-not-shared', subject, { operator: id });
          await unshareConsole(tx.db, key);
        } else {
          await audit.append(tx, name, 'console-shared', subject, { minutes: String(lockMinutes), operator: id });
          await shareConsole(tx.db, key, { lockMinutes, organisation, by: name, at: clock.now() });
        }
        const theirs = (await allConsoles(tx.db)).filter(isOfTheirs);
        for (const row of theirs) tell(tx, row);
        return theirs.map(consoleView);
      });
    },
    async mayLook(who, proofs) {
      for (const proof of proofs) {
        const row = proof && (await findConsole(store.db, who.id, proof.key));
        if (row?.state === 'withdrawn') return gone();
        if (row?.state === 'unconfirmed' && !(await isVouched(row.key, proof?.voucher))) return unconfirmed();
      }
      return undefined;
    },
    async announced(tx, unit) {
      const list = consoleList(await allConsoles(tx.db), clock.now());
      if (list) tx.after(() => void orders.give(unit, 'console-list', list));
    },
    onDesk: async (db) => (await allConsoles(db)).filter(waitsNow).map(consoleView),
  };

  async function cannotConfirm(
    who: Operator,
    letter: Asked<'confirmConsole'>,
    row: ConsoleRow,
    signer: ConsoleRow | undefined,
    now: Instant,
  ): Promise<Fault | undefined> {
    if (row.state === 'withdrawn') return new Fault('not-now', 'This console has been withdrawn.');
    if (!signer || signer.state === 'unconfirmed')
      return new Fault('console-unconfirmed', 'Your own console has to be confirmed before it can confirm another.');
    if (signer.state === 'withdrawn') return gone();
    if (row.doubtedBy && who.role !== 'coordinator')
      return new Fault('not-allowed', `${row.doubtedBy} says that its figures do not agree: a coordinator decides.`);
    // Units know those who have looked, and those that the municipality has vouched for.
    if (who.role === 'coordinator' && !(await isVouched(letter.by, letter.voucher)))
      return new Fault(
        'not-allowed',
        'No unit knows this console. Let an operator confirm it, or have your own vouched for by the municipality.',
      );
    if (!countsAt(letter, now) || !(await isConfirmation(letter)))
      return new Fault('signature-wrong', 'This confirmation is not signed as it should be. Is your clock right?');
    return undefined;
  }
}

const waitsNow = (row: ConsoleRow): boolean => waits(consoleView(row));
