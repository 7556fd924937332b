/** Pure. The looks that were opened together into one home, one on each camera, in the order of the screen. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Known } from '../state/desk.ts';

/** A camera that may be asked for pictures, and the key with which its unit signs them. */
export interface Camera {
  readonly unit: UnitId;
  readonly unitKey: string;
}

interface Together {
  /** The look whose verdict ends them all. */
  readonly lead: LookView;
  /** The lead among them, ordered by unit; the camera that raised an alarm comes first. */
  readonly looks: readonly LookView[];
}

/** @param id of any of the looks */
export function together(desk: Known, id: LookId): Together | undefined {
  const asked = desk.looks.get(id);
  const lead = (asked?.beside && desk.looks.get(asked.beside)) || asked;
  if (!lead) return undefined;
  // Looks of an earlier opening are done, and no longer belong here.
  const since = lead.openedAt ?? lead.dueFrom;
  const besides = [...desk.looks.values()].filter(
    (look) => look.beside === lead.look && (look.state !== 'done' || (look.openedAt ?? '') >= since),
  );
  const place = (look: LookView) => (look.reason.type === 'alarm' ? '' : look.unit);
  const looks = [lead, ...besides].sort((a, b) => place(a).localeCompare(place(b)));
  return { lead, looks };
}

/** Whether this camera shows something, or has, so that a verdict can rest on it. */
export const canBeSeen = ({ state }: LookView): boolean =>
  state === 'asked' || state === 'open' || state === 'awaiting-verdict';

/** Every camera of the home, this unit's first; undefined where the unit is not on the desk. */
export function camerasOf(desk: Known, unit: UnitId): readonly Camera[] | undefined {
  const meant = desk.units.get(unit);
  if (!meant) return undefined;
  const others = [...desk.units.values()].filter((one) => one.client === meant.client && one.unit !== unit);
  return [meant, ...others].map((one) => ({ unit: one.unit, unitKey: one.publicKey }));
}
