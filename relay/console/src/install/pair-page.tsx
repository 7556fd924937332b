/**
 * The page that a label opens: which home, then the label is compared with the unit's key, and the unit answers. What stands on the label
 * is compared and authenticated here; the relay passes it on and can change nothing of it.
 */
import type { PairingView, WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { doorKeyOf, type Label, unitKeyOfLabel } from '@nattfrid/shared/seal/label';
import { authenticateTerms, isUnitOfLabel } from '@nattfrid/shared/seal/pairing-terms';
import { useState } from 'react';
import { useAround, useSelf } from '../around/around.tsx';
import { useBeginPairing, useConfirmPairing, useOrders } from '../around/asking-install.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { CheckSign } from '../parts/icons.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useGo } from '../parts/way.tsx';
import { useStore } from '../state/store.ts';
import { useWords } from '../words/words.ts';
import { ByCode } from './by-code.tsx';
import css from './install.module.css';
import { Progress, Same, termsOf } from './pair-progress.tsx';
import { StepPicture } from './step-picture.tsx';

export function PairPage() {
  const { say } = useWords();
  const { label: held } = useAround();
  const { label } = useStore(held.store);
  const orders = useOrders();
  const [paired, setPaired] = useState<WorkOrderView>();
  if (paired)
    return (
      <Page title={say('pair.title')} data-testid="pair">
        <Paired order={paired} />
      </Page>
    );
  // The label has been used, and is needed no more.
  const done = (order: WorkOrderView) => {
    setPaired(order);
    held.forget();
  };
  return (
    <Page title={say('pair.title')} data-testid="pair">
      {orders.isPending ? <Loading /> : null}
      {orders.error && !orders.data ? <FaultWords fault={asFault(orders.error)} /> : null}
      {orders.data ? <Which orders={orders.data.orders} label={label} done={done} /> : null}
    </Page>
  );
}

/** Those for which a unit can be paired by whoever is here; the only one is chosen. */
function Which(props: {
  orders: readonly WorkOrderView[];
  label: Label | undefined;
  done: (order: WorkOrderView) => void;
}) {
  const { orders, label, done } = props;
  const { say } = useWords();
  const self = useSelf();
  const mine = orders.filter(
    ({ state, kind, assignee, unit }) =>
      (state === 'open' || (state === 'paired' && unit === label?.unit)) &&
      (kind === 'install' || kind === 'exchange') &&
      (assignee === undefined || assignee === self.id),
  );
  const [chosen, choose] = useState<string>();
  const only = mine.length === 1 ? mine[0] : undefined;
  const order = mine.find((one) => one.order === chosen) ?? only;
  if (mine.length === 0) return <p role="alert">{say('pair.noOrder')}</p>;
  return (
    <>
      {mine.length > 1 && !order ? <h2>{say('pair.which')}</h2> : null}
      {order ? null : (
        <ul className={css['orders']}>
          {mine.map((one) => (
            <li key={one.order}>
              <button type="button" onClick={() => choose(one.order)} data-testid="pair-order">
                <b>{`${one.client} · ${one.place}`}</b>
                <small>{say(`orderKind.${one.kind}`)}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
      {order && label ? (
        <ByLabel key={`${order.order} ${label.unit}`} order={order} label={label} done={() => done(order)} />
      ) : null}
      {order && !label ? (
        <>
          <p>{say('pair.noLabel')}</p>
          <ByCode order={order} done={() => done(order)} />
        </>
      ) : null}
    </>
  );
}

function ByLabel({ order, label, done }: { order: WorkOrderView; label: Label; done: () => void }) {
  const { say } = useWords();
  const [pairing, setPairing] = useState<PairingView>();
  const [isOther, setOther] = useState(false);
  const confirm = useConfirmPairing(setPairing);
  const begin = useBeginPairing((begun) => {
    setPairing(begun);
    // The relay names the unit of this label with the label's own key, or nothing is authenticated.
    if (!isUnitOfLabel(label, begun)) return setOther(true);
    void unitKeyOfLabel(label)
      .then((key) => authenticateTerms(termsOf(begun, label.publicKey), key))
      .then((mac) => confirm.run({ ticket: begun.ticket, mac }));
  });
  const start = () => {
    setPairing(undefined);
    setOther(false);
    void doorKeyOf(label).then((doorKey) => begin.run({ order: order.order, unit: label.unit, doorKey }));
  };
  return (
    <section className={css['card']} aria-labelledby="pair-home" data-testid="pair-card">
      <StepPicture step="pair" state="to-do" />
      <h2 id="pair-home">{`${order.client} · ${order.place}`}</h2>
      <p className={css['do']}>{say('pair.unit', { unit: label.unit })}</p>
      {pairing ? (
        <Progress pairing={pairing} isOther={isOther} isAsked={confirm.done} again={start} done={done} />
      ) : (
        <Press large wide tone="cool" busy={begin.busy} press={start} data-testid="begin-pairing">
          {say('pair.begin')}
        </Press>
      )}
      <FaultWords fault={begin.fault ?? confirm.fault} />
    </section>
  );
}

/** The label is forgotten here; what is left is the home. */
function Paired({ order }: { order: WorkOrderView }) {
  const { say } = useWords();
  const go = useGo();
  return (
    <section className={css['card']} aria-labelledby="pair-home">
      <StepPicture step="pair" state="done" />
      <h2 id="pair-home">{`${order.client} · ${order.place}`}</h2>
      <div role="status" data-testid="pair-progress" data-state="paired">
        <ol className={css['progress']}>
          <Same />
          <li data-done>
            <CheckSign size={20} /> {say('pair.done')}
          </li>
        </ol>
      </div>
      <Press large wide tone="cool" press={() => go({ page: 'work-order', id: order.order })} data-testid="go-on">
        {say('pair.go')}
      </Press>
    </section>
  );
}
