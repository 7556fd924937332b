/** Pure. What is kept of a unit that is cared for, as the console is shown it. */
import type { AskedView, CheckView, FaultView, TestView, UnitChecks } from '@nattfrid/shared/desk/serve-view';
import { checkCodes } from '@nattfrid/shared/domain/check';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { KeptCall, KeptCheck, TestAlarm } from '../store/serve-table.ts';
import type { UnitRow } from '../store/units-table.ts';
import type { Bundle } from './bundles.ts';

export function unitChecks(given: {
  readonly row: UnitRow;
  readonly checks: readonly KeptCheck[];
  readonly calls: readonly KeptCall[];
  readonly sealing: { readonly sealingKey?: string; readonly sealingProof?: string };
  readonly bundle: Bundle | undefined;
  readonly isHere: boolean;
  /** Version of the newest release; undefined: none is known here. */
  readonly newest: string | undefined;
}): UnitChecks {
  const { row, checks, calls, sealing, bundle, newest } = given;
  const agent = row.announced?.agent;
  return {
    ...{ unit: row.unit, client: row.client, isHere: given.isHere, publicKey: row.publicKey },
    ...(row.place !== undefined && { place: row.place }),
    ...(agent !== undefined && { agent }),
    checks: inOrder([...checks.map(checkView), ...software(checks, row, newest)]),
    asked: calls.map(askedView),
    ...sealing,
    ...(bundle && { bundle: { at: printInstant(bundle.at), bytes: bundle.text.length } }),
  };
}

/** Whether there is a newer one, only the relay knows; that installing one has failed, the unit says itself. */
function software(checks: readonly KeptCheck[], { announced, presence }: UnitRow, newest: string | undefined) {
  if (!announced || presence.name === 'expected' || checks.some(({ check }) => check.name === 'software')) return [];
  const at = printInstant(presence.heardAt);
  if (newest === undefined || newest === announced.agent)
    return [{ name: 'software', state: 'well', code: 'newest', at, since: at } as const];
  return [{ name: 'software', state: 'advice', code: 'older', at, since: at } as const];
}

export const checkView = ({ check, at, since, owner }: KeptCheck): CheckView => ({
  ...check,
  ...{ at: printInstant(at), since: printInstant(since) },
  ...(owner && { owner: { ...owner, at: printInstant(owner.at) } }),
});

const askedView = ({ call, type, at, by, answer, answeredAt }: KeptCall): AskedView => ({
  ...{ call, type, by, at: printInstant(at) },
  ...(answer && { answer }),
  ...(answeredAt !== undefined && { answeredAt: printInstant(answeredAt) }),
});

export function faultViews(faults: readonly KeptCheck[], rows: readonly UnitRow[]): readonly FaultView[] {
  const units = new Map(rows.map((row) => [row.unit, row]));
  return faults.flatMap((one) => {
    const row = units.get(one.unit);
    if (!row) return [];
    const place = row.place === undefined ? {} : { place: row.place };
    return [{ unit: row.unit, client: row.client, ...place, check: checkView(one) }];
  });
}

export const testView = ({ alarm, raisedAt, taken }: TestAlarm, row: UnitRow): TestView => ({
  ...{ alarm, unit: row.unit, client: row.client, organisation: row.organisation, raisedAt: printInstant(raisedAt) },
  ...(row.place !== undefined && { place: row.place }),
  ...(taken && { takenAt: printInstant(taken.at), takenBy: taken.by }),
});

const names: readonly string[] = Object.keys(checkCodes);
/** Those that are newer than this program come last. */
const inOrder = (checks: readonly CheckView[]): readonly CheckView[] => {
  const place = ({ name }: CheckView) => (names.includes(name) ? names.indexOf(name) : names.length);
  return checks.toSorted((one, other) => place(one) - place(other));
};
