/** Pure. What of a staffed night is one organisation's: another's teams, shifts and notes are not told. */
import type { NightView, ReservedView } from './night-view.ts';
import type { Organisation } from './organisation.ts';

/** @param sees of homes that somebody is about to look into: an agreement lets others see them too */
export function nightOf(
  { teams, shifts, handovers, reserved }: NightView,
  organisation: Organisation,
  sees: (one: ReservedView) => boolean = ({ home }) => home === organisation,
): NightView {
  const own = <One extends { readonly organisation: Organisation }>(all: readonly One[]): readonly One[] =>
    all.filter((one) => one.organisation === organisation);
  return { teams: own(teams), shifts: own(shifts), handovers: own(handovers), reserved: reserved.filter(sees) };
}
