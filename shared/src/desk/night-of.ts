/** Pure. What of a staffed night is one organisation's: another's teams, shifts and notes are not told. */
import type { NightView } from './night-view.ts';
import type { Organisation } from './organisation.ts';

export function nightOf({ teams, shifts, handovers, reserved }: NightView, organisation: Organisation): NightView {
  const own = <One extends { readonly organisation: Organisation }>(all: readonly One[]): readonly One[] =>
    all.filter((one) => one.organisation === organisation);
  return { teams: own(teams), shifts: own(shifts), handovers: own(handovers), reserved: own(reserved) };
}
