/** Pure. What «all well» rests on too little for, as far as this console knows; the relay knows for certain, and asks by itself. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { canBeLookedInto } from '@nattfrid/shared/domain/alarm';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Known } from '../state/desk.ts';
import { isSelf, type Self } from '../state/self.ts';

export interface Lacking {
  /** Cameras of the home that have shown nothing. */
  readonly notShown: readonly UnitId[];
  /** The colleague who has taken the alarm. */
  readonly takenBy?: string;
  /** No picture has been shown for the alarm. */
  readonly unseen: boolean;
}

export const doesLack = ({ notShown, takenBy, unseen }: Lacking): boolean =>
  notShown.length > 0 || takenBy !== undefined || unseen;

/** @param leftOut cameras that were not asked, because another key is known of their units */
export function lackingInLook(
  desk: Known,
  self: Self,
  {
    lead,
    looks,
    leftOut,
  }: { readonly lead: LookView; readonly looks: readonly LookView[]; readonly leftOut: readonly UnitId[] },
): Lacking {
  const alarm = lead.alarm ? desk.alarms.get(lead.alarm) : undefined;
  // The verdict of an alarm rests on the camera that raised it.
  if (lead.alarm) return { notShown: [], unseen: false, ...takenBy(self, alarm) };
  // Agreed: one camera that shows the client is enough.
  if (looks.some((one) => one.clientSeenAt !== undefined && one.firstPictureAt !== undefined))
    return { notShown: [], unseen: false };
  const dark = looks.filter(({ firstPictureAt }) => firstPictureAt === undefined);
  return { notShown: [...dark.map(({ unit }) => unit), ...leftOut], unseen: false };
}

export function lackingInAlarm(desk: Known, self: Self, alarm: AlarmView): Lacking {
  const seen = [...desk.looks.values()].some(
    (look) => look.alarm === alarm.alarm && look.unit === alarm.unit && (look.firstPictureAt ?? '') >= alarm.receivedAt,
  );
  return { notShown: [], unseen: canBeLookedInto(alarm.kind) && !seen, ...takenBy(self, alarm) };
}

function takenBy(self: Self, alarm: AlarmView | undefined): Pick<Lacking, 'takenBy'> {
  const who = alarm?.state === 'taken' ? alarm.takenBy : undefined;
  return who !== undefined && !isSelf(self, who) ? { takenBy: who } : {};
}
