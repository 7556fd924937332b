/** Pure. The nouns of the desk as things that belong to an organisation, and as what others may have them. */
import type { AgreementWhat } from '@nattfrid/shared/desk/agreement';
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { ReservedView } from '@nattfrid/shared/desk/night-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Reason } from '@nattfrid/shared/domain/look';
import type { Thing } from './reach.ts';

const every: readonly AgreementWhat[] = ['alarms', 'looks', 'visits'];

const those = (...ids: readonly (string | undefined)[]) => ids.filter((id) => id !== undefined);

/** Of its alarms, looks or visits something may be another's: such a unit is seen. */
export const unitThing = (organisation: Organisation): Thing => ({ organisation, as: every });

export const alarmThing = (
  organisation: Organisation,
  { takenById, closedById }: Pick<AlarmView, 'takenById' | 'closedById'>,
): Thing => ({ organisation, as: ['alarms'], heldBy: those(takenById, closedById) });

/** A look for an alarm is a part of answering it. */
export const lookThing = (
  organisation: Organisation,
  { reason, operatorId }: { readonly reason: Reason } & Pick<LookView, 'operatorId'>,
): Thing => ({ organisation, as: [reason.type === 'alarm' ? 'alarms' : 'looks'], heldBy: those(operatorId) });

/** The home of an agreed look that somebody is about to open; whoever that is knows of it, also past the hours. */
export const reservedThing = ({ home, operatorId }: Pick<ReservedView, 'home' | 'operatorId'>): Thing => ({
  organisation: home,
  as: ['looks'],
  heldBy: [operatorId],
});

export const visitThing = (organisation: Organisation): Thing => ({ organisation, as: ['visits'] });

/** People, their sessions and consoles, tokens: nobody else's, ever. */
export const ownThing = (organisation: Organisation): Thing => ({ organisation, as: [] });
