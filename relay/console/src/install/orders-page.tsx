/** The page of work orders: for a technician what is to be done, in large buttons; for a coordinator all of them with how far they have come. */
import type { WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useMay } from '../around/around.tsx';
import { useCallOff, useOrders } from '../around/asking-install.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Listed } from '../parts/listed.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { few, type ShownColumn, Table } from '../parts/table.tsx';
import { timeColumn } from '../parts/time-column.tsx';
import { WayLink } from '../parts/way.tsx';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import { AddOrder } from './add-order.tsx';
import css from './install.module.css';
import { StepsRow } from './steps-row.tsx';

export function OrdersPage() {
  const { say } = useWords();
  const mayMake = useMay('make-work-orders');
  const asked = useOrders();
  const orders = asked.data?.orders ?? [];
  const open = orders.filter(({ state }) => state !== 'done' && state !== 'called-off');
  const done = orders.filter(({ state }) => state === 'done');
  return (
    <Page
      title={say('orders.title')}
      lead={say(mayMake ? 'orders.lead.all' : 'orders.lead.own')}
      data-testid="work-orders"
    >
      {asked.isPending ? <Loading /> : null}
      {asked.error && !asked.data ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data && open.length === 0 ? <Empty>{say('orders.none')}</Empty> : null}
      <OpenOrders orders={open} mayMake={mayMake} />
      {mayMake ? <AddOrder /> : null}
      {done.length > 0 ? (
        <section aria-labelledby="orders-done">
          <h2 id="orders-done">{say('orders.done')}</h2>
          {done.length > few ? <DoneTable orders={done} /> : <DoneOrders orders={done} />}
        </section>
      ) : null}
    </Page>
  );
}

/** One's own few are large buttons; many are a table. */
function OpenOrders({ orders, mayMake }: { orders: readonly WorkOrderView[]; mayMake: boolean }) {
  const { say } = useWords();
  return (
    <Listed
      id="orders"
      title={say('orders.title')}
      columns={[
        ...homeColumns(say),
        { id: 'state', head: say('table.head.state'), value: ({ state }) => say(`orderState.${state}`) },
        { id: 'on', head: say('table.head.on'), value: ({ on }) => on },
        {
          id: 'assignee',
          head: say('table.head.assignee'),
          value: ({ assigneeName }) => assigneeName ?? say('orders.assignee.any'),
        },
      ]}
      rows={orders}
      keyOf={({ order }) => order}
      line="order-line"
      cards={(some) => (
        <ul className={css['orders']}>
          {some.map((order) => (
            <Order key={order.order} order={order} mayMake={mayMake} />
          ))}
        </ul>
      )}
    />
  );
}

function DoneTable({ orders }: { orders: readonly WorkOrderView[] }) {
  const { say } = useWords();
  const [home, ...rest] = homeColumns(say);
  if (!home) return null;
  return (
    <Table
      id="done"
      title={say('orders.done')}
      columns={[
        {
          ...home,
          show: ({ order, client }) => <WayLink to={{ page: 'install-record', id: order }}>{client}</WayLink>,
        },
        ...rest,
        { id: 'unit', head: say('table.head.unit'), value: ({ unit }) => unit },
        timeColumn<WorkOrderView>('when', say('table.head.when'), ({ readyAt }) => readyAt),
        { id: 'who', head: say('table.head.who'), value: ({ readyBy }) => readyBy },
      ]}
      rows={orders}
      keyOf={({ order }) => order}
    />
  );
}

const homeColumns = (say: Say): readonly ShownColumn<WorkOrderView>[] => [
  { id: 'client', head: say('table.head.client'), value: ({ client }) => client },
  { id: 'place', head: say('table.head.place'), value: ({ place }) => place },
  { id: 'kind', head: say('table.head.kind'), value: ({ kind }) => say(`orderKind.${kind}`) },
];

function DoneOrders({ orders }: { orders: readonly WorkOrderView[] }) {
  const { say } = useWords();
  return (
    <ul className={css['orders']}>
      {orders.map((order) => (
        <li key={order.order} data-testid="order-done">
          <WayLink to={{ page: 'install-record', id: order.order }} className={css['order'] ?? ''}>
            <b>{`${order.client} · ${order.place}`}</b>
            <small>
              {[say(`orderKind.${order.kind}`), order.unit, say('orders.record')].filter(Boolean).join(' · ')}
            </small>
          </WayLink>
        </li>
      ))}
    </ul>
  );
}

function Order({ order, mayMake }: { order: WorkOrderView; mayMake: boolean }) {
  const { say } = useWords();
  const callOff = useCallOff(order.order);
  const { client, place, kind, state, on, assigneeName, words, steps } = order;
  const isToPair = state === 'open' && kind !== 'return';
  return (
    <li data-testid="order" data-state={state}>
      <WayLink
        to={isToPair ? { page: 'pair' } : { page: 'work-order', id: order.order }}
        className={css['order'] ?? ''}
        data-testid="open-order"
      >
        <b>{`${client} · ${place}`}</b>
        <small>
          {[say(`orderKind.${kind}`), say(`orderState.${state}`), on, assigneeName ?? say('orders.assignee.any')]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {words ? <span>{words}</span> : null}
        {steps.length > 0 ? <StepsRow steps={steps} /> : null}
      </WayLink>
      {mayMake && steps.some(({ step, why }) => step === 'plan' && why === 'not-signed') ? (
        <WayLink to={{ page: 'clients' }} className={css['link'] ?? ''} data-testid="to-sign">
          {say('orders.sign')}
        </WayLink>
      ) : null}
      {mayMake && state === 'open' ? (
        <PressTwice sure={say('orders.callOff.sure')} busy={callOff.busy} press={() => callOff.run(undefined)}>
          {say('orders.callOff')}
        </PressTwice>
      ) : null}
      <FaultWords fault={callOff.fault} />
    </li>
  );
}
