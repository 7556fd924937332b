/** What the routes about checklists do: a line of the audit log, and what it says, in one transaction. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { Checklists } from '../follow-up/checklists.ts';
import type { Present } from '../operators/operators.ts';
import type { Store, Tx } from '../store/database.ts';
import type { ApiHandlers } from './handler.ts';

type Handled = 'checklists' | 'changeChecklist' | 'beginChecklist' | 'tickChecklist';

export const checklistHandlers = ({
  store,
  audit,
  checklists,
}: {
  readonly store: Store;
  readonly audit: Audit;
  readonly checklists: Checklists;
}): Pick<ApiHandlers, Handled> => {
  /** @returns all of them, as they are after it */
  async function done({ organisation }: Present, deed: (tx: Tx) => Promise<object>) {
    const one = await store.write(deed);
    return one instanceof Fault ? one : checklists.of(organisation);
  }
  return {
    checklists: ({ who }) => checklists.of(who.organisation),
    changeChecklist: ({ params: { kind }, body, who }) =>
      done(who, async (tx) => {
        const one = await checklists.change(tx, who, kind, body);
        if (one instanceof Fault) return one;
        await audit.append(tx, who.name, 'checklist-changed', kind, { version: String(one.version), operator: who.id });
        return one;
      }),
    beginChecklist: ({ body, who }) =>
      done(who, async (tx) => {
        const one = await checklists.begin(tx, who, body);
        if (one instanceof Fault) return one;
        const { kind, version, unit, client } = one;
        const about = { kind, version: String(version), ...(unit && { unit }), ...(client && { alias: client }) };
        await audit.append(tx, who.name, 'checklist-begun', one.filled, { ...about, operator: who.id });
        return one;
      }),
    tickChecklist: ({ params: { filled }, body, who }) =>
      done(who, async (tx) => {
        const one = await checklists.tick(tx, who, filled, body);
        if (one instanceof Fault) return one;
        const what = body.done ? 'checklist-ticked' : 'checklist-taken-back';
        await audit.append(tx, who.name, what, filled, { item: body.item, operator: who.id });
        return one;
      }),
  };
};
