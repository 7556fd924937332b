/** What can be done with a visit: set out, arrive, finish it with its outcome. It counts from the press, whether there is a link or not. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { useAround, useDesk, useSelf } from '../around/around.tsx';
import { type Step, withDeeds } from '../deeds/deeds.ts';
import { useStore } from '../state/store.ts';

export function useMoveVisit(visit: Pick<VisitView, 'visit' | 'client'>): (step: Step) => void {
  const { deeds } = useAround();
  const self = useSelf();
  const { ahead } = useDesk();
  return (step) => deeds.press(visit, step, self.id ?? self.email, ahead);
}

/** With the steps that were pressed here and that the relay has yet to hear of. */
export function useShown<Visit extends Pick<VisitView, 'visit' | 'state'>>(visits: readonly Visit[]): readonly Visit[] {
  const deeds = useStore(useAround().deeds.store);
  return visits.map((visit) => withDeeds(visit, deeds, visit.visit));
}
