/** What the routes about training do: what people have trained, and whether training homes stand on their desk. */
import { type ExerciseRun, exerciseSteps } from '@nattfrid/shared/desk/exercise-routes';
import { may } from '@nattfrid/shared/desk/permissions';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { Training } from '../organisations/training.ts';
import type { Store } from '../store/database.ts';
import { exerciseRuns, findExerciseRun, saveExerciseRun } from '../store/exercises-table.ts';
import type { ApiHandlers } from './handler.ts';

type Handled = 'exercises' | 'beginExercise' | 'tellExercise' | 'showTraining';

export const exerciseHandlers = ({
  store,
  clock,
  audit,
  training,
  newId,
}: {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  readonly training: Training;
  readonly newId: () => string;
}): Pick<ApiHandlers, Handled> => ({
  async exercises({ who }) {
    const everybody = may(who.role, 'manage-people');
    const runs = await exerciseRuns(store.db, who.organisation, everybody ? undefined : who.id);
    return { runs, showing: training.shows(who.id) };
  },
  async beginExercise({ body: { exercise }, who }) {
    const { id: person, name } = who;
    const one: ExerciseRun = { run: newId(), person, name, exercise, begunAt: printInstant(clock.now()), done: [] };
    await store.write(async (tx) => {
      await audit.append(tx, name, 'exercise-begun', exercise, { run: one.run, operator: person });
      await saveExerciseRun(tx.db, who.organisation, one);
    });
    return one;
  },
  tellExercise: ({ params: { run }, body: { step }, who }) =>
    store.write(async (tx) => {
      const before = await findExerciseRun(tx.db, who.id, run);
      if (!before) return new Fault('not-found', 'You have begun no such exercise.');
      const steps: readonly string[] = exerciseSteps[before.exercise];
      if (!steps.includes(step)) return new Fault('request-invalid', `The exercise has no step ${step}.`);
      if (before.done.includes(step)) return before;
      const done = [...before.done, step];
      const isDone = steps.every((one) => done.includes(one));
      const next = { ...before, done, ...(isDone && { doneAt: printInstant(clock.now()) }) };
      if (isDone) await audit.append(tx, who.name, 'exercise-done', before.exercise, { run, operator: who.id });
      await saveExerciseRun(tx.db, who.organisation, next);
      return next;
    }),
  async showTraining({ body: { show }, who }) {
    await audit.write(who.name, show ? 'training-shown' : 'training-hidden', 'training', { operator: who.id });
    await training.show(who, show);
    return { showing: training.shows(who.id) };
  },
});
