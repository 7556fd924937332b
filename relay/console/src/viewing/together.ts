/** Pure. The looks that were opened together into one home, one on each camera, as they stand on the screen. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Known } from '../state/desk.ts';

/** A camera that may be asked for pictures, and the key with which its unit signs them. */
export interface Camera {
  readonly unit: UnitId;
  readonly unitKey: string;
}

interface Together {
  /** Answers for them all: the verdict is its verdict. */
  readonly lead: LookView;
  /** Each in its place; the camera that raised an alarm first. */
  readonly looks: readonly LookView[];
}

/** @param id of any of them */
export function together(desk: Known, id: LookId): Together | undefined {
  const asked = desk.looks.get(id);
  const lead = (asked?.beside && desk.looks.get(asked.beside)) || asked;
  if (!lead) return undefined;
  // Those of an earlier opening are done, and no longer belong to this one.
  const since = lead.openedAt ?? lead.dueFrom;
  const besides = [...desk.looks.values()].filter(
    (look) => look.beside === lead.look && (look.state !== 'done' || (look.openedAt ?? '') >= since),
  );
  const place = (look: LookView) => (look.reason.type === 'alarm' ? '' : look.unit);
  const looks = [lead, ...besides].sort((a, b) => place(a).localeCompare(place(b)));
  return { lead, looks };
}

/** Something can be seen there, or has been: whoever looks can go by it. */
export const canBeSeen = ({ state }: LookView): boolean =>
  state === 'asked' || state === 'open' || state === 'awaiting-verdict';

/** Every camera of the home, the one that is meant first; undefined where its key is not known. */
export function camerasOf(desk: Known, unit: UnitId): readonly Camera[] | undefined {
  const meant = desk.units.get(unit);
  if (!meant) return undefined;
  const others = [...desk.units.values()].filter((one) => one.client === meant.client && one.unit !== unit);
  return [meant, ...others].map((one) => ({ unit: one.unit, unitKey: one.publicKey }));
}
