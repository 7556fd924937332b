/** Pure. The part of the API about units as things that need care: how they are, what is asked of them, whose a fault is. */
import { z } from 'zod';
import { CheckName } from '../domain/check.ts';
import { AlarmId, UnitId } from '../domain/ids.ts';
import { none, type Route } from './route.ts';
import { FaultView, TestView, UnitChecks } from './serve-view.ts';
import { UnitWeek } from './unit-week.ts';

const unit = z.object({ unit: UnitId }).readonly();

/** Hours that a survey may last: two nights and the day between them are enough. */
export const surveyHours = { least: 1, most: 72 } as const;

export const serveRoutes = {
  unitChecks: {
    method: 'GET',
    path: '/api/units/:unit/checks',
    params: unit,
    body: none,
    answer: UnitChecks,
    action: 'serve-units',
  },
  /** How it was in the last seven days, by the hour: to whoever sees that it is there. */
  unitWeek: {
    method: 'GET',
    path: '/api/units/:unit/week',
    params: unit,
    body: none,
    answer: UnitWeek,
    action: 'see-desk',
  },
  /** Written in the log first; the answer comes with `unitChecks`, once the unit has given it. */
  callUnit: {
    method: 'POST',
    path: '/api/units/:unit/calls',
    params: unit,
    body: z.discriminatedUnion('type', [
      z
        .object({
          type: z.enum(['diagnose', 'find-cameras', 'try-dark', 'test-fall', 'survey-over', 'restart', 'bundle']),
        })
        .readonly(),
      z.object({ type: z.literal('survey'), hours: z.int().min(surveyHours.least).max(surveyHours.most) }).readonly(),
    ]),
    answer: UnitChecks,
    action: 'serve-units',
  },
  /** Figures and words for support, as the unit gave them last. Nothing in it says who lives there. */
  exportBundle: {
    method: 'GET',
    path: '/api/units/:unit/bundle.json',
    params: unit,
    body: none,
    answer: z.string().describe('JSON'),
    action: 'serve-units',
  },
  /** What is wrong at the units of the organisation, the oldest first, and whose it is. */
  unitFaults: {
    method: 'GET',
    path: '/api/unit-faults',
    params: none,
    body: none,
    answer: z.object({ faults: z.array(FaultView).readonly() }).readonly(),
    action: 'serve-units',
  },
  /** Whoever asks sees to it from now on, or no longer. */
  ownFault: {
    method: 'POST',
    path: '/api/units/:unit/checks/:check/owner',
    params: z.object({ unit: UnitId, check: CheckName }).readonly(),
    body: z.object({ own: z.boolean() }).readonly(),
    answer: UnitChecks,
    action: 'serve-units',
  },
  /** A test alarm has reached a person: the unit is told so. */
  takeTest: {
    method: 'POST',
    path: '/api/test-alarms/:test/take',
    params: z.object({ test: AlarmId }).readonly(),
    body: none,
    answer: TestView,
    action: 'take-tests',
  },
} as const satisfies Record<string, Route>;
