/** Requests about months as they are kept, checklists, and what has been practised. */
import type { ExerciseName } from '@nattfrid/shared/desk/exercise-routes';
import type { Asked } from '@nattfrid/shared/desk/routes';
import { hours } from '@nattfrid/shared/time/duration';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useAction } from './asking.ts';

const monthsKey = ['months'];

/** Asked anew each hour: a month ends while nobody touches the screen. */
export const useMonths = (may = true) =>
  useQuery({
    queryKey: monthsKey,
    enabled: may,
    refetchInterval: hours(1),
    queryFn: ({ signal }) => call('months', {}, {}, { signal }),
  });

/** Whoever reads it first ends the notice that it is there. */
export function useMonth(month: string) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['month', month],
    queryFn: async ({ signal }) => {
      const summary = await call('month', { month }, {}, { signal });
      void queries.invalidateQueries({ queryKey: monthsKey });
      return summary;
    },
  });
}

const checklistsKey = ['checklists'];

export const useChecklists = () =>
  useQuery({ queryKey: checklistsKey, queryFn: ({ signal }) => call('checklists', {}, {}, { signal }), staleTime: 0 });

/** Whatever changes them answers with all of them. */
function useChecklistsAct<Input>(act: (input: Input) => ReturnType<typeof call<'checklists'>>, then?: () => void) {
  const queries = useQueryClient();
  return useAction(act, (all) => {
    queries.setQueryData(checklistsKey, all);
    then?.();
  });
}

export const useChangeChecklist = (kind: Asked<'beginChecklist'>['kind'], then: () => void) =>
  useChecklistsAct((asked: Asked<'changeChecklist'>) => call('changeChecklist', { kind }, asked), then);

export const useBeginChecklist = () =>
  useChecklistsAct((asked: Asked<'beginChecklist'>) => call('beginChecklist', {}, asked));

export const useTickChecklist = (filled: string) =>
  useChecklistsAct((asked: Asked<'tickChecklist'>) => call('tickChecklist', { filled }, asked));

const exercisesKey = ['exercises'];

export const useExercises = () =>
  useQuery({ queryKey: exercisesKey, queryFn: ({ signal }) => call('exercises', {}, {}, { signal }), staleTime: 0 });

function useFresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: exercisesKey });
}

export function useBeginExercise(then: (run: string) => void) {
  const fresh = useFresh();
  return useAction(
    (exercise: ExerciseName) => call('beginExercise', {}, { exercise }),
    ({ run }) => {
      then(run);
      fresh();
    },
  );
}

export const useTellExercise = () =>
  useAction(
    ({ run, step }: { readonly run: string; readonly step: string }) => call('tellExercise', { run }, { step }),
    useFresh(),
  );

export const useShowTraining = () => useAction((show: boolean) => call('showTraining', {}, { show }), useFresh());
