/** Pure. What would have been alarms, by client, kind and night: a night is from noon to noon. */
import type { ShadowCount } from '@nattfrid/shared/desk/halt-routes';
import { dayOf } from '@nattfrid/shared/domain/window';
import { hours } from '@nattfrid/shared/time/duration';
import { type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import type { ShadowRow } from '../store/shadow-table.ts';

const nightOf = (at: Instant): string => dayOf(instant(at - hours(12)));

export function countShadows(rows: readonly ShadowRow[]): readonly ShadowCount[] {
  const groups = Map.groupBy(rows, ({ client, unit, kind, began }) =>
    JSON.stringify([client, nightOf(began), unit, kind]),
  );
  return [...groups.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const { client, unit, kind, began } = first;
    const events = all.map((one) => ({
      began: printInstant(one.began),
      ...(one.ended !== undefined && { ended: printInstant(one.ended) }),
      evidence: one.evidence,
    }));
    return [{ client, unit, kind, night: nightOf(began), events }];
  });
}
