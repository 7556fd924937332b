/** Requests about units that need care: how they are, what is asked of them, whose a fault is, test alarms. */
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { UnitChecks } from '@nattfrid/shared/desk/serve-view';
import type { CheckName } from '@nattfrid/shared/domain/check';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, call } from '../link/api.ts';
import { useAction } from './asking.ts';

const checksKey = (unit: UnitId) => ['unit-checks', unit];
const faultsKey = ['unit-faults'];
/** Answers of units come by themselves; somebody who waits in front of one sees them within so long. */
const lookAgain = 2500;

export const useUnitChecks = (unit: UnitId) =>
  useQuery({
    queryKey: checksKey(unit),
    queryFn: ({ signal }) => call('unitChecks', { unit }, {}, { signal }),
    staleTime: 0,
    refetchInterval: lookAgain,
  });

function useAnsweredChecks(unit: UnitId) {
  const queries = useQueryClient();
  return (checks: UnitChecks) => {
    queries.setQueryData(checksKey(unit), checks);
    void queries.invalidateQueries({ queryKey: faultsKey });
  };
}

export const useCallUnit = (unit: UnitId) =>
  useAction((asked: Asked<'callUnit'>) => call('callUnit', { unit }, asked), useAnsweredChecks(unit));

export const useOwnFault = (unit: UnitId, check: CheckName) =>
  useAction((own: boolean) => call('ownFault', { unit, check }, { own }), useAnsweredChecks(unit));

/** The last seven days, by the hour. */
export const useUnitWeek = (unit: UnitId) =>
  useQuery({
    queryKey: ['unit-week', unit],
    queryFn: ({ signal }) => call('unitWeek', { unit }, {}, { signal }),
    staleTime: 300_000,
  });

export const useUnitFaults = () =>
  useQuery({
    queryKey: faultsKey,
    queryFn: ({ signal }) => call('unitFaults', {}, {}, { signal }),
    staleTime: 0,
    refetchInterval: 10 * lookAgain,
  });

export const bundleFile = (unit: UnitId): string => addressOf('exportBundle', { unit });

export const useTakeTest = (test: AlarmId) => useAction(() => call('takeTest', { test }, {}));
