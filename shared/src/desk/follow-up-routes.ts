/** Pure. The part of the API that looks back: statistics, false alarms and why, checks of the log. */
import { z } from 'zod';
import { AlarmId, ClientAlias } from '../domain/ids.ts';
import { PersonSteps } from './first-steps.ts';
import {
  Checked,
  CheckedAccess,
  ClientExtract,
  FalseReason,
  LabelledAlarm,
  LogCheck,
  Statistics,
} from './follow-up-view.ts';
import { QuestionFigures, QuestionnaireAnswer } from './questionnaire.ts';
import { none, type Route } from './route.ts';

/** From the first day to the last, which is not counted itself; in the query. At most 400 days. */
export const Period = z.object({ from: z.iso.date(), until: z.iso.date() }).readonly();
export type Period = z.infer<typeof Period>;

export const followUpRoutes = {
  statistics: {
    method: 'GET',
    path: '/api/statistics',
    params: Period,
    body: none,
    answer: Statistics,
    action: 'read-statistics',
  },
  /** One line for each client; what each column means stands in docs/statistics.md. */
  exportStatistics: {
    method: 'GET',
    path: '/api/statistics.csv',
    params: Period,
    body: none,
    answer: z.string().describe('text/csv, UTF-8, with a line of heads'),
    action: 'read-statistics',
  },
  /** For each client and month: looks agreed and done, for the charge. */
  exportBilling: {
    method: 'GET',
    path: '/api/billing.csv',
    params: Period,
    body: none,
    answer: z.string().describe('text/csv, UTF-8, with a line of heads'),
    action: 'read-statistics',
  },
  /** One press after «all well»: why it came to nothing. Said again, the newest counts. */
  labelAlarm: {
    method: 'POST',
    path: '/api/alarms/:alarm/label',
    params: z.object({ alarm: AlarmId }).readonly(),
    body: z.object({ reason: FalseReason }).readonly(),
    answer: LabelledAlarm,
    action: 'answer-alarms',
  },
  logChecks: {
    method: 'GET',
    path: '/api/log-checks',
    params: none,
    body: none,
    answer: z
      .object({
        checks: z.array(LogCheck).readonly(),
        dueSince: z.iso.date().optional().describe('The last day that has been checked is longer ago than a month'),
      })
      .readonly(),
    action: 'check-log',
  },
  makeLogCheck: {
    method: 'POST',
    path: '/api/log-checks',
    params: none,
    body: Period,
    answer: LogCheck,
    action: 'check-log',
  },
  /** The accesses of one check, a hundred at a time. */
  checkedAccesses: {
    method: 'GET',
    path: '/api/log-checks/:check/accesses',
    params: z
      .object({
        check: z.uuid(),
        after: z.coerce.number().int().min(0).optional().describe('Line of the last one seen'),
      })
      .readonly(),
    body: none,
    answer: z.object({ accesses: z.array(CheckedAccess).max(100).readonly(), more: z.boolean() }).readonly(),
    action: 'check-log',
  },
  checkAccess: {
    method: 'POST',
    path: '/api/log-checks/:check/access',
    params: z.object({ check: z.uuid() }).readonly(),
    body: z
      .object({
        access: z.string().max(80),
        checked: Checked.exclude(['not-yet']),
        words: z.string().trim().max(500).optional(),
      })
      .readonly(),
    answer: LogCheck,
    action: 'check-log',
  },
  /** Only once each access has been looked at; by another person than whoever is checked. */
  signOffLogCheck: {
    method: 'POST',
    path: '/api/log-checks/:check/sign-off',
    params: z.object({ check: z.uuid() }).readonly(),
    body: z.object({ words: z.string().trim().min(1).max(1000) }).readonly(),
    answer: LogCheck,
    action: 'check-log',
  },
  clientExtract: {
    method: 'GET',
    path: '/api/homes/:alias/extract',
    params: z.object({ alias: ClientAlias, from: z.iso.date(), until: z.iso.date() }).readonly(),
    body: none,
    answer: ClientExtract,
    action: 'check-log',
  },
  /** Who has done what at least once, of what the role is there for: to the person alone, or to whoever looks after people. */
  firstSteps: {
    method: 'GET',
    path: '/api/first-steps',
    params: none,
    body: none,
    answer: z.object({ people: z.array(PersonSteps).readonly() }).readonly(),
    action: 'have-session',
  },
  answerQuestionnaire: {
    method: 'POST',
    path: '/api/questionnaires',
    params: none,
    body: QuestionnaireAnswer,
    answer: none,
    action: 'answer-questionnaires',
  },
  /** The mean of each question in the time; who has answered is not told. */
  questionnaires: {
    method: 'GET',
    path: '/api/questionnaires',
    params: Period,
    body: none,
    answer: z.object({ figures: z.array(QuestionFigures).readonly() }).readonly(),
    action: 'read-statistics',
  },
} as const satisfies Record<string, Route>;
