/** Pure. The part of the API that is about a staffed night: teams, shifts, hand-over, whose visit it is, and whose home is next. */
import { z } from 'zod';
import { ActionCard } from '../care/action-card.ts';
import { LookId, TeamId, VisitId } from '../domain/ids.ts';
import { NamedTeam, NightView, ReservedView, TeamAsked, TeamView, WindowLoad } from './night-view.ts';
import { none, type Route } from './route.ts';
import { VisitView } from './visit-view.ts';

const team = z.object({ team: TeamId }).readonly();
const note = z.string().trim().min(1).max(2000).describe('No names: homes by their alias');

export const nightRoutes = {
  /** Of the own organisation; for whoever writes an action card as well. */
  teams: {
    method: 'GET',
    path: '/api/teams',
    params: none,
    body: none,
    answer: z.object({ teams: z.array(TeamView).readonly() }).readonly(),
    action: 'have-session',
  },
  addTeam: {
    method: 'POST',
    path: '/api/teams',
    params: none,
    body: TeamAsked,
    answer: TeamView,
    action: 'manage-teams',
  },
  changeTeam: {
    method: 'POST',
    path: '/api/teams/:team',
    params: team,
    body: TeamAsked,
    answer: TeamView,
    action: 'manage-teams',
  },
  /** Refused while somebody is in it. */
  removeTeam: {
    method: 'POST',
    path: '/api/teams/:team/remove',
    params: team,
    body: none,
    answer: none,
    action: 'manage-teams',
  },
  /** Those that the action cards of plans in force name, also such as have been taken away since. */
  namedTeams: {
    method: 'GET',
    path: '/api/named-teams',
    params: none,
    body: none,
    answer: z.object({ named: z.array(NamedTeam).readonly() }).readonly(),
    action: 'manage-teams',
  },
  /** To whom an alarm is told where the client's action card says nothing; absent: to everybody. */
  alarmLine: {
    method: 'GET',
    path: '/api/alarm-line',
    params: none,
    body: none,
    answer: z.object({ line: ActionCard.optional() }).readonly(),
    action: 'join-shift',
  },
  setAlarmLine: {
    method: 'POST',
    path: '/api/alarm-line',
    params: none,
    body: ActionCard,
    answer: z.object({ line: ActionCard }).readonly(),
    action: 'manage-teams',
  },
  /** The session that joins is the one that it ends with. */
  joinShift: {
    method: 'POST',
    path: '/api/teams/:team/join',
    params: team,
    body: none,
    answer: NightView,
    action: 'join-shift',
  },
  /** `note`: for the next shift. */
  leaveShift: {
    method: 'POST',
    path: '/api/teams/:team/leave',
    params: team,
    body: z.object({ note: note.optional() }).readonly(),
    answer: NightView,
    action: 'join-shift',
  },
  handOver: {
    method: 'POST',
    path: '/api/teams/:team/hand-over',
    params: team,
    body: z.object({ note }).readonly(),
    answer: NightView,
    action: 'join-shift',
  },
  readHandover: {
    method: 'POST',
    path: '/api/handovers/:handover/read',
    params: z.object({ handover: z.string().min(1).max(60) }).readonly(),
    body: none,
    answer: NightView,
    action: 'join-shift',
  },
  assignVisit: {
    method: 'POST',
    path: '/api/visits/:visit/assign',
    params: z.object({ visit: VisitId }).readonly(),
    body: team,
    answer: VisitView,
    action: 'assign-visits',
  },
  /** The home that is next for whoever asks: theirs for a minute. The same one where they have one already. */
  nextLook: {
    method: 'POST',
    path: '/api/round/next',
    params: none,
    body: z.object({ until: z.iso.datetime().optional().describe('Only of the round that ends then') }).readonly(),
    answer: z.object({ reserved: ReservedView.optional().describe('Absent: nothing is due') }).readonly(),
    action: 'look',
  },
  /** Given back; the others are offered first. */
  skipLook: {
    method: 'POST',
    path: '/api/looks/:look/skip',
    params: z.object({ look: LookId }).readonly(),
    body: none,
    answer: none,
    action: 'look',
  },
  /** For each window of the coming 12 hours: whether those on shift can make its looks. */
  workLoad: {
    method: 'GET',
    path: '/api/work-load',
    params: none,
    body: none,
    answer: z.object({ windows: z.array(WindowLoad).readonly() }).readonly(),
    action: 'see-desk',
  },
} as const satisfies Record<string, Route>;
