/** Checklists: as they are shipped until an organisation has made them its own; each filled one keeps the version that it was begun with. */
import {
  type Checklist,
  type ChecklistItem,
  ChecklistKind,
  type Checklists as ChecklistsView,
  type FilledChecklist,
  shippedItems,
} from '@nattfrid/shared/desk/checklist-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { checklistsOf, filledChecklists, findFilled, insertChecklist, saveFilled } from '../store/checklists-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { allUnits } from '../store/units-table.ts';

interface By {
  readonly name: string;
  readonly organisation: Organisation;
}

export interface Checklists {
  of(organisation: Organisation): Promise<ChecklistsView>;
  change(tx: Tx, by: By, kind: ChecklistKind, asked: Changed): Promise<Checklist | Fault>;
  begin(tx: Tx, by: By, asked: Begun): Promise<FilledChecklist | Fault>;
  tick(tx: Tx, by: By, filled: string, said: Ticked): Promise<FilledChecklist | Fault>;
}

interface Changed {
  readonly basedOn: number;
  readonly items: readonly ChecklistItem[];
}
interface Begun {
  readonly kind: ChecklistKind;
  readonly unit?: FilledChecklist['unit'];
  readonly client?: FilledChecklist['client'];
}
interface Ticked {
  readonly item: string;
  readonly done: boolean;
}

const shown = 100;

export function openChecklists(parts: {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}): Checklists {
  const { store, clock, newId } = parts;
  const now = () => printInstant(clock.now());

  return {
    of: (organisation) =>
      store.read(async (db) => ({
        lists: newestOf(await checklistsOf(db, organisation)),
        filled: await filledChecklists(db, organisation, shown),
      })),
    async change({ db }, { name, organisation }, kind, { basedOn, items }) {
      const { version } = await newest(db, organisation, kind);
      if (version !== basedOn)
        return new Fault('not-now', `Somebody has made version ${version} of this list meanwhile. Read it first.`);
      const wrong = wrongItem(kind, items);
      if (wrong) return new Fault('request-invalid', wrong);
      const one: Checklist = { kind, version: version + 1, items, madeAt: now(), madeBy: name };
      await insertChecklist(db, organisation, one);
      return one;
    },
    async begin({ db }, { name, organisation }, { kind, unit, client }) {
      if (!unit && !client)
        return new Fault('request-invalid', 'A checklist is about a unit or a home: name one of them.');
      const own = (await allUnits(db)).filter((one) => one.organisation === organisation);
      const meant = own.find((one) => (!unit || one.unit === unit) && (!client || one.client === client));
      if (!meant) return new Fault('not-found', 'There is no such unit in this home.');
      const { version, items } = await newest(db, organisation, kind);
      const begun = { begunAt: now(), begunBy: name };
      const one = { filled: newId(), kind, version, ...(unit && { unit }), client: meant.client, ...begun, items };
      await saveFilled(db, organisation, one);
      return one;
    },
    async tick({ db }, { name, organisation }, filled, { item, done }) {
      const before = await findFilled(db, organisation, filled);
      if (!before) return new Fault('not-found', 'There is no such checklist.');
      if (!before.items.some((one) => one.item === item))
        return new Fault('not-found', `This checklist has no item ${item}.`);
      const at = now();
      const items = before.items.map((one): FilledChecklist['items'][number] => {
        if (one.item !== item || (done && one.doneAt)) return one;
        const { doneAt: _at, doneBy: _by, ...open } = one;
        return done ? { ...open, doneAt: at, doneBy: name } : open;
      });
      const { doneAt: _, ...rest } = before;
      const isDone = items.every(({ doneAt }) => doneAt);
      const next = { ...rest, items, ...(isDone && { doneAt: before.doneAt ?? at }) };
      await saveFilled(db, organisation, next);
      return next;
    },
  };
}

/** Of each kind the newest, or as it is shipped. */
const newestOf = (versions: readonly Checklist[]): readonly Checklist[] =>
  ChecklistKind.options.map((kind) => versions.findLast((one) => one.kind === kind) ?? shipped(kind));

async function newest(db: Db, organisation: Organisation, kind: ChecklistKind): Promise<Checklist> {
  return (await checklistsOf(db, organisation)).findLast((one) => one.kind === kind) ?? shipped(kind);
}

const shipped = (kind: ChecklistKind): Checklist => ({
  kind,
  version: 0,
  items: shippedItems[kind].map((item) => ({ item })),
});

/** @returns what is wrong with them, in words */
function wrongItem(kind: ChecklistKind, items: readonly ChecklistItem[]): string | undefined {
  const names = items.map(({ item }) => item);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) return `The item ${twice} stands in the list twice.`;
  const known: readonly string[] = shippedItems[kind];
  const wordless = items.find(({ item, words }) => words === undefined && !known.includes(item));
  return wordless && `The item ${wordless.item} has no words: say what is to be done.`;
}
