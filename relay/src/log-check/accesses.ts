/** Reads the accesses of a time out of the audit log, and of the looks what became of them. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import type { ClientAlias, LookId } from '@nattfrid/shared/domain/ids';
import { type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import { searchAudit } from '../audit/search.ts';
import type { KnownLook } from '../record/look.ts';
import type { Db } from '../store/database.ts';
import type { Access } from './oddities.ts';

/** Lines that say that somebody has seen something of a client. */
const accesses: readonly string[] = [
  'look-opened',
  'look-joined',
  'client-read',
  'visit-card-read',
  'break-glass-used',
  'looked-anyway',
];
const refusals: readonly string[] = ['refused', 'pictures-denied'];

/** Of a quarter of a year with a hundred looks a night. */
const most = 50_000;

export async function accessesBetween(
  db: Db,
  {
    organisation,
    from,
    until,
  }: { readonly organisation: Organisation; readonly from: Instant; readonly until: Instant },
  looks: ReadonlyMap<string, KnownLook>,
): Promise<readonly Access[]> {
  const meant = { organisation, from: printInstant(from), to: printInstant(until) };
  const found: Access[] = [];
  for (const what of [...accesses, ...refusals]) {
    const { lines } = await searchAudit(db, { what, ...meant }, undefined, most);
    found.push(...lines.flatMap((line) => accessOf(line, looks) ?? []));
  }
  return found.toSorted((a, b) => a.line - b.line);
}

/** @returns undefined for a line about a look of another organisation */
function accessOf(line: AuditLine, looks: ReadonlyMap<string, KnownLook>): Access | undefined {
  const { number, who, what, subject, details } = line;
  const common = { line: number, who, operator: details['operator'] ?? who, what, at: parseInstant(line.at) };
  if (refusals.includes(what)) return { ...common, access: `line ${number}`, isRefusal: true };
  if (what.startsWith('look-')) {
    const look = looks.get(subject);
    return look && { ...common, access: `${subject} ${number}`, ...lookFacts(subject as LookId, look, what) };
  }
  // About a unit: the line of the look that comes next says whose it is.
  if (what === 'looked-anyway') return { ...common, access: `line ${number}`, isUnsure: true };
  return { ...common, access: `line ${number}`, client: subject as ClientAlias };
}

function lookFacts(id: LookId, look: KnownLook, what: string) {
  const opened = 'opened' in look ? look.opened?.at : undefined;
  const isOwn = what === 'look-opened';
  return {
    look: id,
    client: look.facts.client,
    ...(isOwn &&
      look.name === 'done' &&
      opened !== undefined && { seconds: Math.round((look.doneAt - opened) / 1000) }),
    ...(isOwn && { isAnswered: isAnswered(look) }),
    isExtra: look.facts.origin === 'operator',
  };
}

/** One that still waits for its verdict is not without one yet. */
const isAnswered = (look: KnownLook): boolean =>
  look.name !== 'done' ||
  look.verdict !== undefined ||
  look.facts.visit !== undefined ||
  look.facts.origin === 'beside';
