/** What the routes that look back do: each reading is a line of the audit log. */
import { may } from '@nattfrid/shared/desk/permissions';
import { startOfDay } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import { firstSteps } from '../follow-up/first-steps.ts';
import type { FollowUp } from '../follow-up/follow-up.ts';
import { meansOf } from '../follow-up/means.ts';
import type { LogChecks } from '../log-check/log-checks.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Store } from '../store/database.ts';
import { saveLabel } from '../store/follow-up-table.ts';
import { answersBetween, saveAnswer } from '../store/questionnaires-table.ts';
import type { ApiHandlers } from './handler.ts';
import { inOnePiece } from './pieces.ts';

type Handled =
  | 'statistics'
  | 'exportStatistics'
  | 'exportBilling'
  | 'labelAlarm'
  | 'logChecks'
  | 'makeLogCheck'
  | 'checkedAccesses'
  | 'checkAccess'
  | 'signOffLogCheck'
  | 'clientExtract'
  | 'firstSteps'
  | 'answerQuestionnaire'
  | 'questionnaires';

export const followUpHandlers = ({
  store,
  clock,
  audit,
  followUp,
  logChecks,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly followUp: FollowUp;
  readonly logChecks: LogChecks;
}): Pick<ApiHandlers, Handled> => ({
  async statistics({ params, who }) {
    await audit.write(who.name, 'statistics-read', 'statistics', { ...params, operator: who.id });
    return followUp.statistics(who.organisation, params);
  },
  async exportStatistics({ params, who }) {
    await audit.write(who.name, 'statistics-read', 'statistics', { ...params, as: 'csv', operator: who.id });
    return inOnePiece(await followUp.statisticsCsv(who.organisation, params));
  },
  async exportBilling({ params, who }) {
    await audit.write(who.name, 'statistics-read', 'billing', { ...params, as: 'csv', operator: who.id });
    return inOnePiece(await followUp.billingCsv(who.organisation, params));
  },
  async labelAlarm({ params, body, who }) {
    const alarm = await findAlarm(store.db, params.alarm);
    if (!alarm) return new Fault('not-found', 'There is no such alarm.');
    if (alarm.name !== 'closed' || alarm.verdict !== 'all-well')
      return new Fault('not-now', 'Only an alarm that was closed with «all well» has come to nothing.');
    await audit.write(who.name, 'alarm-labelled', params.alarm, { reason: body.reason, operator: who.id });
    await store.write(({ db }) => saveLabel(db, { ...params, ...body, at: clock.now(), by: who.id }));
    return { ...params, ...body };
  },
  async logChecks({ who }) {
    await audit.write(who.name, 'log-check-read', 'log-checks', { operator: who.id });
    return logChecks.of(who.organisation);
  },
  async makeLogCheck({ body, who }) {
    await audit.write(who.name, 'log-check-made', 'log-checks', { ...body, operator: who.id });
    return logChecks.make(who.organisation, body, who.name);
  },
  checkedAccesses: ({ params: { check, after = 0 }, who }) => logChecks.accesses(who.organisation, check, after),
  async checkAccess({ params, body, who }) {
    const { access, checked, words } = body;
    await audit.write(who.name, 'access-checked', params.check, { access, checked, operator: who.id });
    return logChecks.check(who.organisation, params.check, access, { checked, words });
  },
  async signOffLogCheck({ params, body, who }) {
    await audit.write(who.name, 'log-check-signed-off', params.check, { operator: who.id });
    return logChecks.signOff(who.organisation, params.check, who.name, body.words);
  },
  async clientExtract({ params: { alias, ...period }, who }) {
    await audit.write(who.name, 'extract-read', alias, { ...period, alias, operator: who.id });
    return followUp.extract(who.organisation, alias, period);
  },
  async firstSteps({ who }) {
    const all = await firstSteps(store.db, who.organisation);
    return { people: may(who.role, 'manage-people') ? all : all.filter(({ person }) => person === who.id) };
  },
  async answerQuestionnaire({ body, who }) {
    await audit.write(who.name, 'questionnaire-answered', body.who, { operator: who.id });
    await store.write(({ db }) => saveAnswer(db, who.organisation, body, clock.now()));
    return {};
  },
  async questionnaires({ params, who }) {
    await audit.write(who.name, 'statistics-read', 'questionnaires', { ...params, operator: who.id });
    const times = { from: startOfDay(params.from), until: startOfDay(params.until) };
    return { figures: meansOf(await answersBetween(store.db, who.organisation, times)) };
  },
});
