/** Visuell tillsyn: times a day, times, comment; with the times that most have as one press. */
import press from '../parts/press.module.css';
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { Line, Part, Tick, useForm } from './form.tsx';
import { readTimes } from './plan-times.ts';

const templates = ['23:45, 03:00', '03:00'];

export function LooksPart({ cameras }: { cameras: number }) {
  const { say } = useWords();
  const { draft, put, closed } = useForm();
  const read = readTimes(draft.plan.times);
  const windows = read.type === 'read' ? read.windows : [];
  const count = windows.reduce((sum, { looks }) => sum + looks, 0);
  return (
    <Part id="looks" title={say('client.looks')}>
      <div className={css['times']}>
        <Line of="plan" name="times" label={say('client.times')} hint={say('client.times.words')} />
        <p className={css['echo']} data-testid="times-read" role="status">
          <b>{say('client.timesADay', { count })}</b>
          {windows.map(({ id, from, to, looks }) => (
            <span key={id}>
              {from}–{to}
              {looks > 1 ? ` × ${looks}` : ''}
            </span>
          ))}
        </p>
        <div className={css['templates']}>
          {templates.map((times) => (
            <button
              key={times}
              type="button"
              className={press['plain']}
              disabled={closed}
              data-testid={`times-${times}`}
              onClick={() => put('plan', { times })}
            >
              {times}
            </button>
          ))}
        </div>
      </div>
      <Line of="plan" name="comment" label={say('client.comment')} hint={say('client.comment.words')} size="wide" />
      {cameras > 1 ? <Tick of="plan" name="stopWhenSeen" label={say('client.stopWhenSeen')} /> : null}
    </Part>
  );
}
