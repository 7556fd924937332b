/** Requests about what lies behind: statistics, false alarms, checks of the log. */
import type { Period } from '@nattfrid/shared/desk/follow-up-routes';
import type { FalseReason } from '@nattfrid/shared/desk/follow-up-view';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { startOfDay } from '@nattfrid/shared/domain/window';
import { printInstant } from '@nattfrid/shared/time/instant';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, call } from '../link/api.ts';
import { useAction } from './asking.ts';

export const useStatistics = (period: Period) =>
  useQuery({
    queryKey: ['statistics', period],
    queryFn: ({ signal }) => call('statistics', period, {}, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Where the figures are found as a file. */
export const statisticsFile = (period: Period): string => addressOf('exportStatistics', period);
export const billingFile = (period: Period): string => addressOf('exportBilling', period);

export const useLabelAlarm = (alarm: AlarmId) =>
  useAction((reason: FalseReason) => call('labelAlarm', { alarm }, { reason }));

const checksKey = ['log-checks'];

export const useLogChecks = () =>
  useQuery({ queryKey: checksKey, queryFn: ({ signal }) => call('logChecks', {}, {}, { signal }), staleTime: 0 });

/** So many at a time, in the order of the log. */
export const useCheckedAccesses = (check: string) =>
  useInfiniteQuery({
    queryKey: [...checksKey, check],
    queryFn: ({ signal, pageParam }) => call('checkedAccesses', { check, after: pageParam }, {}, { signal }),
    initialPageParam: 0,
    getNextPageParam: ({ accesses, more }) => (more ? accesses.at(-1)?.line : undefined),
    staleTime: 0,
  });

function useCheckAction<Input>(act: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useAction(act, () => void queries.invalidateQueries({ queryKey: checksKey }));
}

export const useMakeLogCheck = () => useCheckAction((period: Period) => call('makeLogCheck', {}, period));

export const useCheckAccess = (check: string) =>
  useCheckAction((said: Asked<'checkAccess'>) => call('checkAccess', { check }, said));

export const useSignOff = (check: string) =>
  useCheckAction((words: string) => call('signOffLogCheck', { check }, { words }));

export const useFirstSteps = () =>
  useQuery({
    queryKey: ['first-steps'],
    queryFn: ({ signal }) => call('firstSteps', {}, {}, { signal }),
    staleTime: 0,
  });

const answersKey = ['questionnaires'];

export const useQuestionnaires = (period: Period) =>
  useQuery({
    queryKey: [...answersKey, period],
    queryFn: ({ signal }) => call('questionnaires', period, {}, { signal }),
    placeholderData: keepPreviousData,
  });

export function useAnswerQuestionnaire(then: () => void) {
  const queries = useQueryClient();
  return useAction(
    (answer: Asked<'answerQuestionnaire'>) => call('answerQuestionnaire', {}, answer),
    () => {
      then();
      void queries.invalidateQueries({ queryKey: answersKey });
    },
  );
}

/** What would have been called while events were only counted. */
export const useShadowEvents = ({ from, until }: Period) => {
  const asked = { from: printInstant(startOfDay(from)), until: printInstant(startOfDay(until)) };
  return useQuery({
    queryKey: ['shadow', asked],
    queryFn: ({ signal }) => call('shadowEvents', asked, {}, { signal }),
    placeholderData: keepPreviousData,
  });
};
