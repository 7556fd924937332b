/** What the routes about the audit log do: each reading of it is a line of it. */
import type { AuditAsked } from '@nattfrid/shared/desk/routes';
import type { Audit } from '../audit/audit.ts';
import { auditCsv } from '../audit/csv.ts';
import { searchAudit } from '../audit/search.ts';
import type { Store } from '../store/database.ts';
import type { ApiHandlers } from './handler.ts';

/** Lines that are shown at once; the check reads them all. */
const shownLines = 500;
export const auditHandlers = ({
  store,
  audit,
}: {
  readonly store: Store;
  readonly audit: Audit;
}): Pick<ApiHandlers, 'audit' | 'exportAudit'> => ({
  async audit({ params: { before, ...filter }, who }) {
    await audit.write(who.name, 'audit-read', 'audit', { ...askedFor({ before, ...filter }), operator: who.id });
    const { type } = await audit.check();
    return {
      ...(await searchAudit(store.db, { ...inUtc(filter), organisation: who.organisation }, before, shownLines)),
      whole: type === 'whole',
    };
  },
  async exportAudit({ params: { before, ...filter }, who }) {
    await audit.write(who.name, 'audit-exported', 'audit', { ...askedFor({ before, ...filter }), operator: who.id });
    return auditCsv(store.db, { ...inUtc(filter), organisation: who.organisation }, before);
  },
});

const askedFor = (asked: AuditAsked): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

/** Lines have milliseconds, and are compared as text. */
const inUtc = ({ from, to, ...others }: Omit<AuditAsked, 'before'>) => ({
  ...others,
  ...(from && { from: new Date(from).toISOString() }),
  ...(to && { to: new Date(to).toISOString() }),
});
