/** What has been practised: one's own, or everybody's to whoever looks after people. */
import { type ExerciseRun, exerciseSteps } from '@nattfrid/shared/desk/exercise-routes';
import { useExercises } from '../around/asking-training.ts';
import { Table } from '../parts/table.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import { useWords } from '../words/words.ts';

export function Record() {
  const { say } = useWords();
  const runs = useExercises().data?.runs ?? [];
  if (runs.length === 0) return <p>{say('training.record.none')}</p>;
  return (
    <Table
      id="training"
      title={say('training.record')}
      columns={[
        { id: 'who', head: say('training.record.who'), value: ({ name }) => name },
        { id: 'what', head: say('training.record.what'), value: ({ exercise }) => say(`exercise.${exercise}`) },
        timeColumn<ExerciseRun>('when', say('training.record.when'), ({ begunAt }) => begunAt),
        { id: 'state', head: say('training.record.state'), value: share, words: state },
      ]}
      choices={[
        {
          id: 'done',
          words: (count) => say('table.done', { count }),
          holds: ({ doneAt }) => doneAt !== undefined,
        },
      ]}
      rows={runs}
      keyOf={({ run }) => run}
    />
  );

  function share({ exercise, done, doneAt }: ExerciseRun): number {
    return doneAt ? 1 : done.length / (exerciseSteps[exercise].length + 1);
  }

  function state({ exercise, done, doneAt }: ExerciseRun): string {
    if (doneAt) return say('training.record.complete');
    return say('checklists.done', { done: done.length, all: exerciseSteps[exercise].length });
  }
}
