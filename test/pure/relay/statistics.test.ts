/** What nights have come to: looks, alarms, time saved by the formula that is shown, and what false alarms speak for. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FalseReason } from '@nattfrid/shared/desk/follow-up-view';
import { QuestionnaireAnswer, questions } from '@nattfrid/shared/desk/questionnaire';
import { csv } from '@nattfrid/shared/table/write-csv';
import { describe, expect, it } from 'vitest';
import { meansOf } from '../../../relay/src/follow-up/means.ts';
import { proposals } from '../../../relay/src/follow-up/proposals.ts';
import { type Past, statistics } from '../../../relay/src/follow-up/statistics.ts';
import { billingColumns, billingCsv, statisticsColumns, statisticsCsv } from '../../../relay/src/follow-up/table.ts';

const at = (clock: string) => Date.parse(`2026-11-21T${clock}:00Z`);
const facts = (more: object) => ({
  ...{ look: 'l', unit: 'u', client: 'Alma', reason: { type: 'window', window: 'natt' }, origin: 'plan', attempt: 1 },
  ...{ dueFrom: at('03:00'), dueUntil: at('03:30'), closes: at('03:30'), retryAfter: 900_000 },
  ...more,
});
const look = (more: object, others: object = {}) => ({
  ...{ name: 'done', facts: facts(more), opened: { operator: { id: '1', name: 'Bo' }, at: at('03:00') } },
  ...{ doneAt: at('03:00') + 30_000, verdict: { verdict: 'all-well', by: 'Bo' } },
  ...others,
});
const missed = {
  ...{ name: 'done', facts: facts({ look: 'm', visit: 'v1' }), fault: 'missed', doneAt: at('04:00') },
};
const alarm = (id: string, kind: string, verdict: string) => ({
  ...{ name: 'closed', facts: { alarm: id, kind, unit: 'u', client: 'Alma', receivedAt: at('02:00'), visit: 'v1' } },
  ...{ taken: { by: 'Bo', at: at('02:00') + 60_000 }, closed: { by: 'Bo', at: at('02:05') }, verdict },
});
const visit = {
  ...{ name: 'done', facts: { visit: 'v1', client: 'Alma', unit: 'u', neededAt: at('02:01'), why: 'help-needed' } },
  ...{ who: 'Bil', thereAt: at('02:20'), doneAt: at('02:30'), outcome: 'Allt väl' },
};
const past = (more: Partial<Past> = {}): Past =>
  ({
    ...{
      looks: [look({}), look({ client: 'Bror' }), missed],
      alarms: [alarm('a', 'fall', 'help-needed')],
      visits: [visit],
    },
    ...{
      labels: new Map(),
      travel: (client: string) => (client === 'Alma' ? { minutes: 20, kilometres: 12 } : undefined),
    },
    ...more,
  }) as never;
const asked = { from: '2026-11-01', until: '2026-12-01', nights: 30 };

describe('statistics', () => {
  it('A1.17 measure how long a look took, from opening to verdict', () =>
    expect(statistics(asked, past()).lookSeconds).toEqual({ median: 30, p95: 30 }));

  it('A9.1 A9.2 count the minutes and kilometres saved by the formula that is shown', () => {
    const { saved, looks, visits } = statistics(asked, past());
    // Two looks: 15 + 2 · 20 − 0.5, and 15 − 0.5 for the one whose travel time nobody knows.
    expect(saved).toMatchObject({ minutes: 69, kilometres: 24, kilogramsCo2: 2.9, withoutTravelTime: 1 });
    expect(looks).toMatchObject({ agreed: 3, done: 2, missed: 1, failed: 0 });
    expect(visits).toEqual({ caused: 1, avoided: 2 });
  });

  it('A9.1 tell how soon somebody had an alarm, and was there', () =>
    expect(statistics(asked, past()).alarms).toEqual([
      {
        ...{ kind: 'fall', alarms: 1, falseAlarms: 0 },
        takenSeconds: { median: 60, p95: 60 },
        thereSeconds: { median: 1200, p95: 1200 },
      },
    ]));

  it('A2.10 show false alarms for each client and night, with their reasons and what these speak for', () => {
    const alarms = ['a', 'b', 'c'].map((id) => alarm(id, 'fall', 'all-well'));
    const labels = new Map<string, FalseReason>(['a', 'b', 'c'].map((id) => [id, 'lay-where-usual']));
    const figures = statistics(asked, past({ alarms: alarms as never, labels }));
    expect(figures.clients.find(({ client }) => client === 'Alma')).toMatchObject({
      ...{ falseAlarms: 3, falseAlarmsPerNight: 0.1, reasons: { 'lay-where-usual': 3 } },
      proposals: ['agree-place-for-lying'],
    });
  });

  it('name nobody of the staff', () => expect(JSON.stringify(statistics(asked, past()))).not.toContain('Bo"'));

  it('propose nothing for what has happened twice', () =>
    expect(proposals([1, 2].map(() => ({ kind: 'fall', reason: 'sat-on-floor' })))).toEqual([]));
});

describe('the files', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/statistics.md'), 'utf8');

  it('A9.4 have columns that are all described', () => {
    for (const column of [...Object.keys(statisticsColumns), ...billingColumns])
      expect(page).toContain(`\`${column}\``);
    const [heads, first] = statisticsCsv(statistics(asked, past())).split('\r\n');
    expect(heads).toBe(
      '"from","until","client","looks_agreed","looks_done","alarms","false_alarms","false_alarms_per_night","visits"',
    );
    expect(first).toBe('"2026-11-01","2026-12-01","Alma",2,1,1,0,0,1');
  });

  it('A8.6 count for charges what was agreed and what was made, for each client and month', () =>
    expect(billingCsv(past().looks).split('\r\n').slice(1, 3)).toEqual([
      '"2026-11","Alma",2,1',
      '"2026-11","Bror",1,1',
    ]));

  it('are no formula for a spreadsheet', () => expect(csv([['=1+1', 'a"b']])).toBe('"\'=1+1","a""b"\r\n'));
});

describe('questionnaires', () => {
  it('A9.3 A9.5 ask clients, relatives, home care, night patrol and case officers, and tell the mean of each question', () => {
    expect(Object.keys(questions)).toEqual(['client', 'relative', 'home-care', 'night-patrol', 'case-officer']);
    const answer = (woken: number) => QuestionnaireAnswer.parse({ who: 'client', scores: { 'woken-tonight': woken } });
    expect(meansOf([answer(1), answer(4)])).toEqual([
      { who: 'client', question: 'woken-tonight', answers: 2, mean: 2.5 },
    ]);
  });
  it('take no answer to what was not asked', () =>
    expect(QuestionnaireAnswer.safeParse({ who: 'relative', scores: { 'woken-tonight': 3 } }).success).toBe(false));
});

describe('over time, for plots', () => {
  const { overTime } = statistics(
    asked,
    past({
      alarms: [
        alarm('a', 'fall', 'help-needed'),
        { ...alarm('b', 'fall', 'all-well'), facts: { ...alarm('b', 'fall', 'all-well').facts, visit: undefined } },
      ] as never,
    }),
  );
  it('counts by the hour of the clock on the wall: 03:00 in UTC is four in the morning', () => {
    expect(overTime?.looksByHour.map((many, hour) => [hour, many]).filter(([, many]) => many)).toEqual([[4, 3]]);
    expect(overTime?.alarmsByHour.map((many, hour) => [hour, many]).filter(([, many]) => many)).toEqual([[3, 2]]);
  });
  it('counts weeks from their Monday, and which alarms came to nothing', () =>
    expect(overTime?.weeks).toEqual([{ week: '2026-11-16', alarms: 2, falseAlarms: 1 }]));
  it('says how many were taken and reached within so many minutes', () => {
    expect(overTime).toMatchObject({ taken: 2, there: 1 });
    const within = overTime?.within.filter(({ minutes }) => [1, 15, 20].includes(minutes));
    expect(within).toEqual([
      { minutes: 1, taken: 2, there: 0 },
      { minutes: 15, taken: 2, there: 0 },
      { minutes: 20, taken: 2, there: 1 },
    ]);
  });
});
