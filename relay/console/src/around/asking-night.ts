/** Requests about a staffed night: shifts, hand-over, teams, whose home is next. What they answer is put on the desk at once. */
import type { ActionCard } from '@nattfrid/shared/care/action-card';
import type { NightView, ReservedView, TeamAsked } from '@nattfrid/shared/desk/night-view';
import type { LookId, TeamId, VisitId } from '@nattfrid/shared/domain/ids';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useAction, useAnswered } from './asking.ts';

function useNightAct<Input>(act: (input: Input) => Promise<NightView>) {
  const answered = useAnswered();
  return useAction(act, (night) => answered({ type: 'night', night }));
}

export const useJoinShift = (team: TeamId) => useNightAct(() => call('joinShift', { team }, {}));

export const useLeaveShift = (team: TeamId) =>
  useNightAct((note: string) => call('leaveShift', { team }, note ? { note } : {}));

export const useHandOver = (team: TeamId) => useNightAct((note: string) => call('handOver', { team }, { note }));

export const useReadHandover = (handover: string) => useNightAct(() => call('readHandover', { handover }, {}));

/** @param then told the home, or that nothing waits */
export const useNextLook = (then: (reserved: ReservedView | undefined) => void) =>
  useAction(
    (until: string | undefined) => call('nextLook', {}, until ? { until } : {}),
    ({ reserved }) => then(reserved),
  );

export const useSkipLook = () => useAction((look: LookId) => call('skipLook', { look }, {}));

export function useAssignVisit(visit: VisitId) {
  const answered = useAnswered();
  return useAction(
    (team: TeamId) => call('assignVisit', { visit }, { team }),
    (assigned) => answered({ type: 'visit', visit: assigned }),
  );
}

/** The desk with it comes over the live stream. @param team undefined: a new one */
export const useSaveTeam = (team: TeamId | undefined, then: () => void) =>
  useAction(
    (asked: TeamAsked) => (team ? call('changeTeam', { team }, asked) : call('addTeam', {}, asked)),
    () => then(),
  );

export const useRemoveTeam = (team: TeamId) => useAction(() => call('removeTeam', { team }, {}));

/** Teams of the own organisation, also for those who see no desk. */
export const useTeams = () =>
  useQuery({ queryKey: ['teams'], queryFn: ({ signal }) => call('teams', {}, {}, { signal }), staleTime: 0 });

const namedKey = ['named-teams'];
/** @param teams as they are on the desk: asked anew when they change */
export const useNamedTeams = (teams: string) =>
  useQuery({
    queryKey: [...namedKey, teams],
    queryFn: ({ signal }) => call('namedTeams', {}, {}, { signal }),
    staleTime: 0,
  });

const lineKey = ['alarm-line'];

export const useAlarmLine = () =>
  useQuery({ queryKey: lineKey, queryFn: ({ signal }) => call('alarmLine', {}, {}, { signal }), staleTime: 0 });

export function useSetAlarmLine() {
  const queries = useQueryClient();
  return useAction(
    (line: ActionCard) => call('setAlarmLine', {}, line),
    () => {
      void queries.invalidateQueries({ queryKey: lineKey });
      void queries.invalidateQueries({ queryKey: namedKey });
    },
  );
}
