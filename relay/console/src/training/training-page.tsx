/** The page of training: exercises for one's role, the one that runs, what has been practised, and training homes on one's own desk. */
import { type ExerciseName, exerciseSteps, exercisesOf } from '@nattfrid/shared/desk/exercise-routes';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useMay, useSelf } from '../around/around.tsx';
import { useBeginExercise, useExercises } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import { Record } from './record.tsx';
import { Running } from './running.tsx';
import css from './training.module.css';
import { TrainingHomes } from './training-homes.tsx';

export function TrainingPage() {
  const { say } = useWords();
  const [running, setRunning] = useState<{ readonly run: string; readonly exercise: ExerciseName }>();
  if (running)
    return (
      <Running
        key={running.run}
        {...running}
        again={(run) => setRunning({ ...running, run })}
        stop={() => setRunning(undefined)}
      />
    );
  return (
    <Page title={say('training.title')} lead={say('training.lead')} data-testid="training">
      <Exercises begun={(run, exercise) => setRunning({ run, exercise })} />
      <Homes />
      <Record />
    </Page>
  );
}

const Homes = () => (useMay('see-desk') ? <TrainingHomes /> : null);

function Exercises({ begun }: { begun: (run: string, exercise: ExerciseName) => void }) {
  const { say } = useWords();
  const own = exercisesOf[useSelf().role];
  const others = (Object.keys(exerciseSteps) as ExerciseName[]).filter((one) => !own.includes(one));
  return (
    <>
      {own.length > 0 ? <List title={say('training.yours')} exercises={own} begun={begun} /> : null}
      <List title={say('training.others')} exercises={others} begun={begun} />
    </>
  );
}

function List(props: {
  title: string;
  exercises: readonly ExerciseName[];
  begun: (run: string, exercise: ExerciseName) => void;
}) {
  const { title, exercises, begun } = props;
  return (
    <section className={css['list']} aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {exercises.map((exercise) => (
          <li key={exercise}>
            <Entry exercise={exercise} begun={(run) => begun(run, exercise)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ exercise, begun }: { exercise: ExerciseName; begun: (run: string) => void }) {
  const { say } = useWords();
  const begin = useBeginExercise(begun);
  const runs = useExercises();
  const { id } = useSelf();
  const done = runs.data?.runs.find((one) => one.exercise === exercise && one.doneAt && one.person === id);
  return (
    <article className={css['exercise']} data-done={done !== undefined} data-testid={`exercise-${exercise}`}>
      <h3>{say(`exercise.${exercise}`)}</h3>
      <p>{say(`exercise.${exercise}.about`)}</p>
      <Press
        tone={done ? 'quiet' : 'cool'}
        busy={begin.busy}
        press={() => begin.run(exercise)}
        data-testid={`begin-${exercise}`}
      >
        {say(done ? 'training.again' : 'training.begin')}
      </Press>
      <FaultWords fault={begin.fault ?? (runs.error ? asFault(runs.error) : undefined)} />
    </article>
  );
}
