/** Requests about receivers of alarms. */
import type { Answered, Asked } from '@nattfrid/shared/desk/routes';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useAction } from './asking.ts';

const receiversKey = ['receivers'];

/** Asked for again every few seconds: how they answer is not on the live stream. */
export const useReceivers = () =>
  useQuery({
    queryKey: receiversKey,
    queryFn: ({ signal }) => call('receivers', {}, {}, { signal }),
    staleTime: 0,
    refetchInterval: 5000,
  });

function useFresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: receiversKey });
}

export function useSaveReceiver(then: () => void) {
  const fresh = useFresh();
  return useAction(
    (asked: Asked<'saveReceiver'>) => call('saveReceiver', {}, asked),
    () => {
      then();
      fresh();
    },
  );
}

export function useTestReceiver(receiver: string, then: (answer: Answered<'testReceiver'>) => void) {
  const fresh = useFresh();
  return useAction(
    () => call('testReceiver', { receiver }, {}),
    (answer) => {
      then(answer);
      fresh();
    },
  );
}

export function useRemoveReceiver(receiver: string) {
  const fresh = useFresh();
  return useAction(() => call('removeReceiver', { receiver }, {}), fresh);
}
