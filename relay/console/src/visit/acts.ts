/** What an operator can do with a visit: set out, arrive, finish it with its outcome. */
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { VisitId } from '@nattfrid/shared/domain/ids';
import { useAction, useAnswered } from '../around/asking.ts';
import { call } from '../link/api.ts';

export function useMoveVisit(visit: VisitId) {
  const answered = useAnswered();
  return useAction(
    (move: Asked<'moveVisit'>) => call('moveVisit', { visit }, move),
    (moved) => answered({ type: 'visit', visit: moved }),
  );
}
