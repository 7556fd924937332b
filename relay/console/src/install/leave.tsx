/** Ready to leave: a drawn summary of what was tried; the unit has the last word. */
import type { WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { useFinish } from '../around/asking-install.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { WayLink } from '../parts/way.tsx';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './install.module.css';
import { StepPicture } from './step-picture.tsx';
import { figureWords } from './step-words.ts';

const shown = ['test-look', 'test-fall', 'power-cut'] as const;

export function Leave({ order }: { order: WorkOrderView }) {
  const { say } = useWords();
  const finish = useFinish(order.order);
  const { steps, state, refused } = order;
  const lacks = steps.filter((one) => one.state !== 'done').map(({ step }) => say(`step.${step}`));
  const isDone = state === 'done';
  const why = refused && known('stepWhy', refused);
  return (
    <section className={css['card']} aria-labelledby="leave" data-testid="leave" data-state={state}>
      <House done={isDone} share={steps.length === 0 ? 0 : 1 - lacks.length / steps.length} />
      <h2 id="leave">{say('leave.title')}</h2>
      <ul className={css['tests']}>
        {shown.map((name) => {
          const one = steps.find(({ step }) => step === name);
          return one ? (
            <li key={name} data-state={one.state}>
              <StepPicture step={name} state={one.state} />
              <b>{say(`step.${name}`)}</b>
              <small>{figureWords(one, say) ?? say(`step.state.${one.state}`)}</small>
            </li>
          ) : null;
        })}
      </ul>
      <div className={css['state']} data-state={isDone ? 'done' : lacks.length > 0 ? 'fault' : 'waits'} role="status">
        <b>
          {isDone
            ? say('leave.done')
            : lacks.length > 0
              ? say('leave.lacks', { steps: lacks.join(', ') })
              : say(state === 'ready' ? 'leave.waits' : 'leave.all')}
        </b>
        {isDone ? <p>{say('leave.done.words')}</p> : null}
        {!isDone && why && state !== 'ready' && lacks.length === 0 ? (
          <p>{say('leave.refused', { why: say(why) })}</p>
        ) : null}
      </div>
      {isDone ? (
        <WayLink to={{ page: 'install-record', id: order.order }} className={css['link'] ?? ''} data-testid="to-record">
          {say('orders.record')}
        </WayLink>
      ) : (
        <Press
          large
          wide
          tone="cool"
          busy={finish.busy || state === 'ready'}
          disabled={lacks.length > 0}
          press={() => finish.run(undefined)}
          data-testid="finish"
        >
          {say('leave.press')}
        </Press>
      )}
      <FaultWords fault={finish.fault} />
    </section>
  );
}

/** A house that is lit as far as it has come. @param share 0 to 1 */
function House({ done, share }: { done: boolean; share: number }) {
  return (
    <svg className={css['house']} viewBox="0 0 160 100" aria-hidden="true" focusable="false" data-done={done}>
      <path d="M20 52 80 12l60 40" />
      <path d="M32 46v44h96V46" />
      <rect x="46" y={84 - 30 * share} width="68" height={30 * share} rx="3" data-light />
      <rect x="46" y="54" width="68" height="30" rx="3" />
      {done ? <path d="m62 68 12 12 26-26" data-tick /> : null}
    </svg>
  );
}
