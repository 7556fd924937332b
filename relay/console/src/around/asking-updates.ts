/** Requests about software for units. */

import type { UpdateGroup, Updates } from '@nattfrid/shared/desk/rollout-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useAction } from './asking.ts';

const updatesKey = ['updates'];
const lookAgain = 10_000;

export const useUpdates = () =>
  useQuery({
    queryKey: updatesKey,
    queryFn: ({ signal }) => call('updates', {}, {}, { signal }),
    staleTime: 0,
    refetchInterval: lookAgain,
  });

function useAnswered() {
  const queries = useQueryClient();
  return (updates: Updates) => void queries.setQueryData(updatesKey, updates);
}

export const useBeginUpdate = (version: string) => useAction(() => call('beginUpdate', { version }, {}), useAnswered());

export const useStopUpdate = (version: string) => useAction(() => call('stopUpdate', { version }, {}), useAnswered());

export const useSetGroup = (unit: UnitId) =>
  useAction((group: UpdateGroup) => call('setUpdateGroup', { unit }, { group }), useAnswered());
