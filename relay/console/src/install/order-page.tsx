/** One work order on the telephone of whoever does it: one step at a time, green or with its cause and what to do, until the unit can be left. */
import type { InstallStep, StepView, WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useOrder } from '../around/asking-install.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { BackSign } from '../parts/icons.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useId, WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import css from './install.module.css';
import { Leave } from './leave.tsx';
import { StepCard } from './step-card.tsx';
import { StepsRow } from './steps-row.tsx';

export function OrderPage() {
  const { say } = useWords();
  const order = useId();
  const asked = useOrder(order);
  const { client, place, kind } = asked.data ?? {};
  return (
    <Page
      title={client ? `${client} · ${place}` : say('orders.title')}
      lead={kind && kind !== 'install' ? say(`orderKind.${kind}`) : undefined}
      beside={
        <WayLink to={{ page: 'work-orders' }} className={parts['back'] ?? ''}>
          <BackSign size={20} /> {say('orders.title')}
        </WayLink>
      }
      data-testid="work-order"
    >
      {asked.isPending ? <Loading /> : null}
      {asked.error && !asked.data ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data ? <Steps order={asked.data} /> : null}
    </Page>
  );
}

type Shown = InstallStep | 'leave';

function Steps({ order }: { order: WorkOrderView }) {
  const { say } = useWords();
  const { steps } = order;
  const [chosen, choose] = useState<Shown>();
  if (order.state === 'called-off') return <Empty>{say('orderState.called-off')}</Empty>;
  if (steps.length === 0)
    return order.kind === 'return' ? (
      <StepCard order={order} view={{ step: 'wipe', state: 'to-do', since: order.madeAt }} />
    ) : (
      <Empty>{say('pair.noLabel')}</Empty>
    );
  const shown = chosen ?? first(order);
  const names: readonly Shown[] = [
    ...steps.map(({ step }) => step),
    ...(order.kind === 'return' ? [] : ['leave' as const]),
  ];
  const index = names.indexOf(shown);
  const view = steps.find(({ step }) => step === shown);
  const [before, next] = [names[index - 1], names[index + 1]];
  const isDone = view === undefined || view.state === 'done';
  return (
    <div className={css['wizard']}>
      <StepsRow steps={steps} />
      {view ? <StepCard key={view.step} order={order} view={view} /> : <Leave order={order} />}
      <div className={css['ways']}>
        {next ? (
          <Press large wide tone={isDone ? 'cool' : 'quiet'} press={() => choose(next)} data-testid="next-step">
            {say('steps.next')}
          </Press>
        ) : null}
        {before ? (
          <Press wide tone="bare" press={() => choose(before)} data-testid="step-before">
            {say('steps.before')}
          </Press>
        ) : null}
      </div>
      <details className={css['all']}>
        <summary data-testid="all-steps">{say('steps.all')}</summary>
        <ul>
          {steps.map((one) => (
            <li key={one.step}>
              <button
                type="button"
                data-state={one.state}
                onClick={() => choose(one.step)}
                data-testid={`step-${one.step}`}
              >
                <i data-state={one.state} aria-hidden="true" />
                <span>{say(`step.${one.step}`)}</span>
                <small>{say(`step.state.${one.state}`)}</small>
              </button>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** Where one is: the first that is not done, or leaving. It stays where somebody has gone. */
function first({ steps }: WorkOrderView): Shown {
  return steps.find(({ state }: StepView) => state !== 'done')?.step ?? 'leave';
}
