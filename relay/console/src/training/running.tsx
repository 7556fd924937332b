/**
 * An exercise that runs: a console of its own, in a frame whose policy lets nothing out, and the steps beside it, ticked by what has
 * really been done in there. A real alarm covers it at once: this page's own live stream goes on all the time.
 */
import { type ExerciseName, exerciseSteps } from '@nattfrid/shared/desk/exercise-routes';
import { useEffect, useRef, useState } from 'react';
import { useDesk, useSelf } from '../around/around.tsx';
import { useBeginExercise, useTellExercise } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { AlarmSign, CheckSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { useGo } from '../parts/way.tsx';
import { kindKey } from '../state/alarm-name.ts';
import { untaken } from '../state/needs.ts';
import { useWords } from '../words/words.ts';
import { Told } from './talk.ts';
import css from './training.module.css';

export function Running(props: {
  readonly run: string;
  readonly exercise: ExerciseName;
  /** Begun anew, as another run. */
  readonly again: (run: string) => void;
  readonly stop: () => void;
}) {
  const { run, exercise, again, stop } = props;
  const { say } = useWords();
  const { name } = useSelf();
  const frame = useRef<HTMLIFrameElement>(null);
  const { done, missed, fault } = useTold(frame, run, exercise);
  const begin = useBeginExercise(again);
  const steps: readonly string[] = exerciseSteps[exercise];
  const complete = steps.every((step) => done.includes(step));
  return (
    <div className={css['running']} data-testid="running" data-complete={complete}>
      <section className={css['steps']} aria-label={say('training.steps')}>
        <h1>{say(`exercise.${exercise}`)}</h1>
        <p>{say(`exercise.${exercise}.about`)}</p>
        <ol>
          {steps.map((step) => (
            <li key={step} data-done={done.includes(step)} data-testid={`step-${step}`}>
              <span>{done.includes(step) ? <CheckSign size={20} /> : null}</span>
              {say(`exerciseStep.${step}` as Parameters<typeof say>[0])}
            </li>
          ))}
        </ol>
        <p role="status" className={css['outcome']} data-testid="exercise-outcome">
          {complete ? say('training.done') : missed ? missedWords(exercise, say) : ''}
        </p>
        <FaultWords fault={fault ?? begin.fault} />
        <div className={css['acts']}>
          {complete || missed ? (
            <Press tone="cool" busy={begin.busy} press={() => begin.run(exercise)} data-testid="exercise-again">
              {say('training.again')}
            </Press>
          ) : null}
          <Press press={stop} data-testid="exercise-stop">
            {say('training.stop')}
          </Press>
        </div>
      </section>
      <div className={css['frame']}>
        <RealAlarm />
        <iframe
          ref={frame}
          title={say('training.frame', { exercise: say(`exercise.${exercise}`) })}
          allow="autoplay"
          src={`/training.html?exercise=${exercise}&name=${encodeURIComponent(name)}`}
          data-testid="exercise-frame"
        />
      </div>
    </div>
  );
}

type Say = ReturnType<typeof useWords>['say'];

function missedWords(exercise: ExerciseName, say: Say): string {
  switch (exercise) {
    case 'answer-alarm':
    case 'make-look':
      return say(`exercise.${exercise}.missed`);
    default:
      return '';
  }
}

/** What the frame tells, and nobody else. Each step is written down as it is done. */
function useTold(frame: React.RefObject<HTMLIFrameElement | null>, run: string, exercise: ExerciseName) {
  const [done, setDone] = useState<readonly string[]>([]);
  const [missed, setMissed] = useState(false);
  const tell = useTellExercise();
  const telling = useRef(tell.run);
  telling.current = tell.run;
  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent) => {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      const told = Told.safeParse(data).data;
      if (!told || told.exercise !== exercise) return;
      if (told.type === 'missed') return setMissed(true);
      if (!(exerciseSteps[exercise] as readonly string[]).includes(told.step)) return;
      setDone((before) => (before.includes(told.step) ? before : [...before, told.step]));
      telling.current({ run, step: told.step });
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, [frame, run, exercise]);
  return { done, missed, fault: tell.fault };
}

/** Lies over the exercise while a real alarm waits that nobody has seen here yet. */
function RealAlarm() {
  const { say } = useWords();
  const go = useGo();
  const waiting = untaken(useDesk());
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const button = useRef<HTMLDivElement>(null);
  const [first] = waiting.filter(({ alarm }) => !seen.has(alarm));
  const alarm = first?.alarm;
  useEffect(() => {
    if (alarm) button.current?.focus();
  }, [alarm]);
  if (!first) return null;
  return (
    <div
      className={css['real']}
      role="alertdialog"
      aria-modal="true"
      aria-label={say('training.real')}
      data-testid="real-alarm"
    >
      <div ref={button} tabIndex={-1}>
        <p>
          <AlarmSign size={28} /> {say('training.real')}
        </p>
        <h2>
          {say(kindKey(first))} · {first.client}
        </h2>
        <Press tone="warm" large press={() => go({ page: 'alarm', id: first.alarm })} data-testid="real-alarm-open">
          {say('training.real.open')}
        </Press>
        <Press press={() => setSeen(new Set([...seen, ...waiting.map((one) => one.alarm)]))}>
          {say('training.real.back')}
        </Press>
      </div>
    </div>
  );
}
