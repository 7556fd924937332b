/** Pure. What «all well» rests on too little for: a person who says it all the same is asked once more, and it stands in the audit log. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';

export interface Lacking {
  /** The home's cameras of which no picture has been handed to the operator. */
  readonly notShown: readonly { readonly unit: UnitId; readonly place?: string }[];
  /** The colleague who has taken the alarm, by name. */
  readonly takenBy?: string;
  /** An alarm that could be looked into, and no picture has been shown for it. */
  readonly unseen: boolean;
}

export const nothingLacks: Lacking = { notShown: [], unseen: false };

/** @returns undefined where nothing lacks */
export function needsConfirming({ notShown, takenBy, unseen }: Lacking): Fault | undefined {
  const places = notShown.map(({ unit, place }) => place ?? `unit ${unit}`).join(', ');
  const words = [
    ...(places ? [`Not shown: ${places}.`] : []),
    ...(takenBy ? [`${takenBy} has taken this alarm.`] : []),
    ...(unseen ? ['No picture has been shown for this alarm.'] : []),
  ];
  if (words.length === 0) return undefined;
  return new Fault('needs-confirming', `${words.join(' ')} Say once more that all is well, if you know that it is.`);
}

/** For the line of the audit log. */
export const lackingDetails = ({ notShown, takenBy, unseen }: Lacking): Readonly<Record<string, string>> => ({
  ...(notShown.length > 0 && { notShown: notShown.map(({ unit }) => unit).join(' ') }),
  ...(takenBy && { takenBy }),
  ...(unseen && { unseen: 'true' }),
});
