/** Requests about break-glass: asked for, answered, ended, used for an address, reviewed. */
import type { VisitCard } from '@nattfrid/shared/care/client';
import type { BreakGlassId, BreakGlassView } from '@nattfrid/shared/desk/break-glass';
import { may } from '@nattfrid/shared/desk/permissions';
import type { Asked } from '@nattfrid/shared/desk/routes';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useDesk, useSelf } from './around.tsx';
import { useAction, useAnswered } from './asking.ts';

/** What the relay answers stands on the desk at once. */
function useStep<Input>(act: (input: Input) => Promise<BreakGlassView>) {
  const answered = useAnswered();
  return useAction(act, (access) => answered({ type: 'break-glass', access }));
}

/**
 * Asks a second person. Where the own role is enough, because there is a reason to go there, nobody is asked.
 * @param own told what stands on the card then
 */
export function useAskBreakGlass(own: (card: VisitCard) => void) {
  const answered = useAnswered();
  const { role } = useSelf();
  return useAction(
    async (asked: Asked<'askBreakGlass'>) => {
      if (asked.what === 'visit-card' && may(role, 'read-visit-card')) {
        const card = await call('visitCard', { alias: asked.client }, {}).catch(() => undefined);
        if (card) return { card };
      }
      return { access: await call('askBreakGlass', {}, asked) };
    },
    ({ card, access }) => {
      if (card) own(card);
      if (access) answered({ type: 'break-glass', access });
    },
  );
}

export const useGrantBreakGlass = (access: BreakGlassId) =>
  useStep((_: undefined) => call('grantBreakGlass', { access }, {}));

export const useDeclineBreakGlass = (access: BreakGlassId) =>
  useStep((_: undefined) => call('declineBreakGlass', { access }, {}));

export const useEndBreakGlass = (opened: BreakGlassId) =>
  useStep((_: undefined) => call('endBreakGlass', { opened }, {}));

const key = ['break-glass'];

/** What is to be reviewed, and has been; asked for anew when another one waits. */
export function useBreakGlasses() {
  const { breakGlassWaits } = useDesk();
  return useQuery({
    queryKey: [...key, breakGlassWaits],
    queryFn: ({ signal }) => call('breakGlasses', {}, {}, { signal }),
    staleTime: 0,
  });
}

export function useReviewBreakGlass(access: BreakGlassId) {
  const queries = useQueryClient();
  return useAction(
    (said: Asked<'reviewBreakGlass'>) => call('reviewBreakGlass', { access }, said),
    () => void queries.invalidateQueries({ queryKey: key }),
  );
}
