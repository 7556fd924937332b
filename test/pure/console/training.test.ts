/** The desk without homes that nobody lives in; and what an exercise teaches, step by step. */

import { readFileSync } from 'node:fs';
import { deskAnswers } from '@nattfrid/console/exercise/desk-answers';
import { answering } from '@nattfrid/console/exercise/network';
import { play } from '@nattfrid/console/exercise/scripts';
import { openWorld, type World } from '@nattfrid/console/exercise/world';
import type { Known } from '@nattfrid/console/state/desk';
import { withoutTraining } from '@nattfrid/console/state/training';
import { en } from '@nattfrid/console/words/en';
import { sv } from '@nattfrid/console/words/sv-all';
import { ExerciseName, exerciseSteps, exercisesOf } from '@nattfrid/shared/desk/exercise-routes';
import { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';

describe('A2.8 the desk for rounds, work to come and paper', () => {
  const unit = (name: string, training: boolean) => [name, { unit: name, client: name, ...(training && { training }) }];
  const of = (name: string) => [`one of ${name}`, { unit: name }];
  const desk = {
    units: new Map([unit('sovrum-1', false), unit('ovning-1', true)] as never),
    alarms: new Map([of('sovrum-1'), of('ovning-1')] as never),
    looks: new Map([of('sovrum-1'), of('ovning-1')] as never),
    visits: new Map([of('ovning-1')] as never),
  } as unknown as Known;

  it('has no home in it that nobody lives in', () => {
    const { units, alarms, looks, visits } = withoutTraining(desk);
    expect([units, alarms, looks, visits].map((all) => [...all.values()].map((one) => one.unit))).toEqual([
      ['sovrum-1'],
      ['sovrum-1'],
      ['sovrum-1'],
      [],
    ]);
  });
});

describe('A3.2 an exercise', () => {
  const steps: string[] = [];
  const clock = movedClock(instant(Date.parse('2026-11-29T21:00:00Z')));
  const begin = (exercise: World['exercise']): { world: World; ask: typeof fetch } => {
    steps.length = 0;
    const world = openWorld(clock, exercise, 'Anna', (told) => steps.push(told.type === 'step' ? told.step : 'missed'));
    return { world, ask: answering(deskAnswers(world)) };
  };
  const due = ({ unit, client }: World['unit']): LookView => ({
    look: '00000000-0000-4000-8000-00000000000a' as never,
    unit,
    client,
    reason: { type: 'window', window: 'natt' },
    attempt: 1,
    state: 'due',
    dueFrom: '2026-11-29T20:50:00.000Z',
    dueUntil: '2026-11-29T21:10:00.000Z',
  });
  const post = async (ask: typeof fetch, path: string, body: unknown) =>
    (await (await ask(path, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<
      'look' | 'retry' | 'visit',
      string
    >;

  it('answers as the relay does: not seen, a second look, not seen, a visit', async () => {
    const { world, ask } = begin('make-look');
    world.put({ type: 'look', look: due(world.unit) });
    const open = (look: string) =>
      post(ask, '/api/looks/open', {
        ...{ unit: world.unit.unit, look, operatorKey: 'A'.repeat(43) },
        reason: { type: 'window', window: 'natt' },
      });
    const first = await open('00000000-0000-4000-8000-00000000000a');
    expect(first).toMatchObject({ state: 'open', attempt: 1, operator: 'Anna' });
    const said = await post(ask, `/api/looks/${first.look}/verdict`, { verdict: 'not-seen' });
    const second = await open(said.retry);
    expect(second).toMatchObject({ state: 'open', attempt: 2 });
    const last = await post(ask, `/api/looks/${second.look}/verdict`, { verdict: 'not-seen' });
    expect([...world.visits.values()]).toMatchObject([{ visit: last.visit, why: 'not-seen-twice', state: 'needed' }]);
    expect([...new Set(steps)]).toEqual(exerciseSteps['make-look']);
  });

  it('lets nobody who was not seen pass as well', async () => {
    const { world, ask } = begin('make-look');
    world.put({ type: 'look', look: due(world.unit) });
    await post(ask, '/api/looks/00000000-0000-4000-8000-00000000000a/verdict', { verdict: 'all-well' });
    expect(steps).toEqual(['missed']);
  });

  for (const exercise of ExerciseName.options)
    it(`tells a desk that the console understands: ${exercise}`, () => {
      const { world } = begin(exercise);
      play(clock, world);
      const told = { type: 'desk', now: world.now(), desk: world.desk() };
      expect(LiveEvent.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
    });

  it('knows nothing but what it is about, and says so', async () => {
    const { ask } = begin('make-visit');
    const answer = await ask('/api/people', { method: 'GET' });
    expect([answer.status, await answer.json()]).toEqual([
      409,
      { code: 'not-now', words: 'This is no part of the exercise.' },
    ]);
  });

  it('is kept in by its own page, whoever serves it', () => {
    const page = readFileSync(new URL('../../../relay/console/training.html', import.meta.url), 'utf8');
    expect(page).toContain(`http-equiv="Content-Security-Policy" content="connect-src 'none'"`);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<script'));
  });

  it('is there for each role that has something to practise, and each step is said in both languages', () => {
    expect(Object.values(exercisesOf).filter((own) => own.length > 0).length).toBeGreaterThanOrEqual(7);
    for (const [exercise, all] of Object.entries(exerciseSteps))
      for (const language of [sv, en]) {
        expect(language).toHaveProperty([`exercise.${exercise}.about`]);
        for (const step of all) expect(language).toHaveProperty([`exerciseStep.${step}`]);
      }
  });
});
