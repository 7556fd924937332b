/** Save, see in sentences what is signed, sign and send: each when its time has come. */
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import { useEffect, useRef, useState } from 'react';
import { useAround, useMay } from '../around/around.tsx';
import { useClientAct, useMunicipalityKey } from '../around/asking-care.ts';
import { Figures } from '../consoles/figures.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { WayLink } from '../parts/way.tsx';
import { PlanWords } from '../plan/plan-words.tsx';
import type { Able } from '../trust/signing.ts';
import { day, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { signAndSend } from './sign.ts';

export function SignPart(props: {
  readonly view: ClientView | undefined;
  /** What stands between the screen and a signature, in all. */
  readonly lacking: number;
  /** There is something on the screen that the relay does not have. */
  readonly changed: boolean;
  /** @param reads what is to be signed stands there to be read */
  readonly saved: (view: ClientView, reads: boolean) => void;
  readonly save: (toSign: boolean) => Promise<ClientView>;
  readonly plansOf: (view: ClientView) => readonly Plan[] | Fault;
}) {
  const { view, lacking, changed, save, saved, plansOf } = props;
  const { say, language } = useWords();
  const { trust } = useAround();
  const [shown, setShown] = useState<{ readonly view: ClientView; readonly plans: readonly Plan[] }>();
  const key = useMunicipalityKey();
  const able = useAble();
  const isSigned = view?.plan !== undefined && ['signed', 'in-force', 'ended'].includes(view.plan.state);
  const saving = useClientAct(
    () => save(false),
    (now) => saved(now, false),
  );
  const showing = useClientAct(
    async () => {
      const now = await save(true);
      const plans = plansOf(now);
      if (plans instanceof Fault) throw plans;
      setShown({ view: now, plans });
      return now;
    },
    (now) => saved(now, true),
  );
  const signing = useClientAct(
    async (asked: NonNullable<typeof shown>) => {
      if (!key.data) throw new Fault('link-lost', 'The municipality’s key is not known yet.');
      return signAndSend(trust, asked.view, asked.plans, key.data);
    },
    (signed) => {
      setShown(undefined);
      saved(signed, false);
    },
  );
  const maySign = useMay('send-plan');
  // Whatever is changed after the sentences were shown has not been read.
  useEffect(() => {
    if (changed) setShown(undefined);
  }, [changed]);
  // Whoever signs reads it first: the eye and the reader are led there, and the button is the next stop.
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown) words.current?.focus();
  }, [shown]);
  const [first] = shown?.plans ?? [];
  return (
    <section className={css['sign']} aria-labelledby="part-sign" data-testid="part-sign">
      <h2 id="part-sign">{say('client.sign')}</h2>
      {shown && first ? (
        <div className={css['signed']} ref={words} tabIndex={-1} data-testid="sign-words">
          <p>
            <b>{say('client.sign.this', { name: shown.view.personal.name })}</b>
          </p>
          <PlanWords plan={first} taken={undefined} />
          <p>{say('client.sign.units')}</p>
          <ul>
            {shown.plans.map(({ unit, unitKey }) => (
              <li key={unit}>
                {say('place.unit', { unit })} <Figures of={unitKey ?? ''} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p role="status" className={css['quiet']} data-testid="sign-state">
        {lacking > 0
          ? say('client.sign.lacking', { count: lacking })
          : isSigned && !changed
            ? say('client.sign.done', {
                who: view?.plan?.signedBy ?? '',
                date: view?.plan?.signedAt ? day(readTime(view.plan.signedAt), language) : '',
              })
            : say('client.sign.complete')}
      </p>
      <FaultWords fault={saving.fault ?? showing.fault ?? signing.fault} />
      {maySign && able?.type === 'nothing' ? (
        <p className={css['lacks']} data-testid="cannot-sign">
          {say('client.sign.noKey')} <WayLink to={{ page: 'keys' }}>{say('nav.keys')}</WayLink>
        </p>
      ) : null}
      <div className={css['acts']}>
        <Press
          busy={saving.busy}
          disabled={!changed && view !== undefined}
          press={() => saving.run(undefined)}
          data-testid="save-client"
        >
          {say('client.save')}
        </Press>
        {maySign ? (
          shown ? (
            <Press tone="cool" large busy={signing.busy} press={() => signing.run(shown)} data-testid="sign-now">
              {say('client.sign.now')}
            </Press>
          ) : (
            <Press
              tone="cool"
              large
              busy={showing.busy}
              disabled={lacking > 0 || able === undefined || able.type === 'nothing' || (isSigned && !changed)}
              press={() => showing.run(undefined)}
              data-testid="sign"
            >
              {say('client.sign.press')}
            </Press>
          )
        ) : (
          <p className={css['quiet']}>{say('client.sign.onlyCoordinator')}</p>
        )}
      </div>
    </section>
  );
}

/** With what this browser can sign, asked for anew when the municipality's key or its words change. */
function useAble(): Able | undefined {
  const { trust } = useAround();
  const { data } = useMunicipalityKey();
  const [able, setAble] = useState<Able>();
  useEffect(() => {
    let wanted = true;
    if (data) void trust.signing.able(data).then((now) => wanted && setAble(now));
    return () => {
      wanted = false;
    };
  }, [trust, data]);
  return able;
}
