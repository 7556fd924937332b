/** What has been practised: one's own, or everybody's to whoever looks after people. */
import { type ExerciseRun, exerciseSteps } from '@nattfrid/shared/desk/exercise-routes';
import { useExercises } from '../around/asking-training.ts';
import { Table } from '../parts/table.tsx';
import { When } from '../parts/when.tsx';
import { useWords } from '../words/words.ts';

export function Record() {
  const { say } = useWords();
  const runs = useExercises().data?.runs ?? [];
  if (runs.length === 0) return <p>{say('training.record.none')}</p>;
  return (
    <Table
      title={say('training.record')}
      heads={[
        say('training.record.who'),
        say('training.record.what'),
        say('training.record.when'),
        say('training.record.state'),
      ]}
      rows={runs.map((one) => ({
        key: one.run,
        cells: [one.name, say(`exercise.${one.exercise}`), <When key="at" at={one.begunAt} />, state(one)],
      }))}
    />
  );

  function state({ exercise, done, doneAt }: ExerciseRun): string {
    if (doneAt) return say('training.record.complete');
    return say('checklists.done', { done: done.length, all: exerciseSteps[exercise].length });
  }
}
