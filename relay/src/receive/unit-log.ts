/**
 * Remembers where each unit's access log ends: once a day in the audit log, whose own head is kept elsewhere, and at once where a
 * log has become shorter or another one.
 */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, days } from '@nattfrid/shared/time/duration';
import type { AccessHead } from '@nattfrid/shared/wire/access-head';
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import type { Audit } from '../audit/audit.ts';
import type { Tx } from '../store/database.ts';

const daily = days(1);

/** @returns takes what a unit's vitals say of it, before they are saved; `known`: those before them */
export function openUnitLogs({ audit, clock }: { readonly audit: Audit; readonly clock: Clock }) {
  const written = new Map<UnitId, Duration>();
  return async (tx: Tx, unit: UnitId, now: AccessHead | undefined, known: Vitals | undefined): Promise<void> => {
    const before = known?.accessLog;
    if (!now) return;
    const words = (head: AccessHead) => `${head.line}:${head.hash}`;
    if (before && isCut(before, now))
      await audit.append(tx, 'relay', 'unit-log-cut', unit, { was: words(before), is: words(now) });
    const last = written.get(unit);
    const steady = clock.steady();
    if (last !== undefined && steady - last < daily) return;
    await audit.append(tx, `unit ${unit}`, 'unit-log-head', unit, { head: words(now) });
    tx.after(() => void written.set(unit, steady));
  };
}

/** A log only grows: lines that are forgotten at its beginning keep their numbers. */
const isCut = (before: AccessHead, now: AccessHead): boolean =>
  now.line < before.line || (now.line === before.line && now.hash !== before.hash);
