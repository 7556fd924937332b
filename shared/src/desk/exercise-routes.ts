/**
 * Pure. The part of the API about training: exercises that somebody has done in the console's training, as their own console tells it,
 * and training homes on one's own desk. An exercise itself touches the relay nowhere.
 */
import { z } from 'zod';
import type { Role } from './role.ts';
import { none, type Route } from './route.ts';

/** Exercise > what is done in it, in its order. */
export const exerciseSteps = {
  'answer-alarm': ['alarm-taken', 'look-opened', 'person-seen', 'help-sent'],
  'make-look': ['look-opened', 'not-seen-said', 'retry-opened', 'visit-needed'],
  'make-visit': ['on-the-way', 'there', 'outcome-given'],
  'sign-plan': ['client-read', 'decision-filled', 'consents-given', 'form-complete', 'plan-signed'],
  'confirm-room': ['room-read', 'room-confirmed'],
} as const satisfies Record<string, readonly string[]>;
export type ExerciseName = keyof typeof exerciseSteps;
export const ExerciseName = z.enum(Object.keys(exerciseSteps) as [ExerciseName, ...ExerciseName[]]);

/** What each role trains. */
export const exercisesOf: Readonly<Record<Role, readonly ExerciseName[]>> = {
  operator: ['answer-alarm', 'make-look'],
  'night-patrol': ['make-visit', 'answer-alarm', 'make-look'],
  coordinator: ['sign-plan', 'answer-alarm', 'confirm-room'],
  'case-officer': ['sign-plan'],
  installer: ['confirm-room'],
  support: ['confirm-room'],
  statistics: [],
  auditor: [],
  administrator: ['sign-plan', 'confirm-room'],
};

export const ExerciseRun = z
  .object({
    run: z.uuid(),
    person: z.string(),
    name: z.string(),
    exercise: ExerciseName,
    begunAt: z.iso.datetime(),
    done: z.array(z.string().max(40)).readonly().describe('Steps, in the order in which they were done'),
    doneAt: z.iso.datetime().optional().describe('Since all of them are'),
  })
  .readonly();
export type ExerciseRun = z.infer<typeof ExerciseRun>;

export const exerciseRoutes = {
  /** One's own, or everybody's to whoever looks after people; the newest first. */
  exercises: {
    method: 'GET',
    path: '/api/exercises',
    params: none,
    body: none,
    answer: z
      .object({
        runs: z.array(ExerciseRun).readonly(),
        showing: z.boolean().describe('Whether training homes are on one’s desk now'),
      })
      .readonly(),
    action: 'have-session',
  },
  beginExercise: {
    method: 'POST',
    path: '/api/exercises',
    params: none,
    body: z.object({ exercise: ExerciseName }).readonly(),
    answer: ExerciseRun,
    action: 'have-session',
  },
  /** One’s own alone. A step is told once; the last of them completes it. */
  tellExercise: {
    method: 'POST',
    path: '/api/exercises/:run',
    params: z.object({ run: z.uuid() }).readonly(),
    body: z.object({ step: z.string().min(1).max(40) }).readonly(),
    answer: ExerciseRun,
    action: 'have-session',
  },
  /** Whether training homes, which are nobody’s otherwise, stand on one’s desk; ends with the session, and after eight hours. */
  showTraining: {
    method: 'POST',
    path: '/api/training',
    params: none,
    body: z.object({ show: z.boolean() }).readonly(),
    answer: z.object({ showing: z.boolean() }).readonly(),
    action: 'see-desk',
  },
} as const satisfies Record<string, Route>;
