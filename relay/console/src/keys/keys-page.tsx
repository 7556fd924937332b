/** «Kommunens nyckel»: made here and printed once, restored from the sheet, replaced; and which browsers may sign plans, or look. */
import type { MunicipalityKeyView } from '@nattfrid/shared/desk/key-routes';
import { asFault } from '@nattfrid/shared/fault/fault';
import { type ReactNode, useEffect, useState } from 'react';
import { useAround } from '../around/around.tsx';
import { useMunicipalityAct, useMunicipalityKey } from '../around/asking-care.ts';
import { Figures } from '../consoles/figures.tsx';
import { call } from '../link/api.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import type { Able, NewKey } from '../trust/signing.ts';
import { day, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { KeyHolders } from './key-holders.tsx';
import css from './keys.module.css';
import { Restore } from './restore.tsx';
import { Sheet } from './sheet.tsx';

export function KeysPage() {
  const { say } = useWords();
  const asked = useMunicipalityKey();
  return (
    <Page title={say('keys.title')} lead={say('keys.lead')} data-testid="keys">
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data ? <Keys view={asked.data} /> : null}
    </Page>
  );
}

function Keys({ view }: { view: MunicipalityKeyView }) {
  const { say, language } = useWords();
  const { trust } = useAround();
  const [made, setMade] = useState<NewKey>();
  const [able, setAble] = useState<Able>();
  useEffect(() => {
    let wanted = true;
    void trust.signing.able(view).then((now) => wanted && setAble(now));
    return () => {
      wanted = false;
    };
  }, [trust, view]);
  const keep = useMunicipalityAct(
    async (next: NewKey) => {
      const told = await call('setMunicipalityKey', {}, await trust.signing.tell(view, next.key));
      // Not before the relay has taken it: the old one is needed until then.
      await trust.signing.keep(next.key);
      return told;
    },
    () => setMade(undefined),
  );
  const make = () => void trust.signing.make().then(setMade);
  const { key } = view;
  if (made)
    return (
      <Sheet
        made={made}
        organisation={view.organisation}
        keep={() => keep.run(made)}
        busy={keep.busy}
        fault={keep.fault}
      />
    );
  return (
    <>
      <section className={parts['card']} aria-labelledby="key-now" data-testid="key-now" data-able={able?.type}>
        <h2 id="key-now">{say('keys.now')}</h2>
        {key ? (
          <>
            <Figures of={key.key} />
            <p>
              {key.since ? say('keys.since', { date: day(readTime(key.since), language), who: key.by ?? '' }) : null}
            </p>
            <p>{say('keys.public')}</p>
            <code className={css['public']} data-testid="public-key">
              {key.key}
            </code>
            {able ? <Here able={able} fixed={key.fixed} /> : null}
          </>
        ) : (
          <>
            <p>{say('keys.none')}</p>
            <p>{say('keys.make.words')}</p>
            <Press tone="cool" press={make} data-testid="make-key">
              {say('keys.make')}
            </Press>
          </>
        )}
      </section>
      {able?.type !== 'municipality' ? <Restore view={view} /> : null}
      {key && able?.type === 'municipality' ? (
        <>
          <KeyHolders view={view} />
          {key.fixed ? null : (
            <section className={parts['card']} aria-labelledby="replace-key">
              <h2 id="replace-key">{say('keys.replace')}</h2>
              <p>{say('keys.replace.words')}</p>
              <PressTwice sure={say('keys.replace.sure')} press={make} data-testid="replace-key">
                {say('keys.replace')}
              </PressTwice>
            </section>
          )}
        </>
      ) : null}
    </>
  );
}

function Here({ able, fixed }: { able: Able; fixed: boolean }): ReactNode {
  const { say, language } = useWords();
  const { trust } = useAround();
  const [own, setOwn] = useState<string>();
  useEffect(() => void trust.self().then((self) => setOwn(self?.key)), [trust]);
  switch (able.type) {
    case 'municipality':
      return <p className={css['yes']}>{say('keys.here.municipality')}</p>;
    case 'signer':
      return <p className={css['yes']}>{say('keys.here.signer', { date: day(readTime(able.until), language) })}</p>;
    case 'nothing':
      return (
        <>
          <p className={css['no']}>{say(fixed ? 'keys.here.elsewhere' : 'keys.here.nothing')}</p>
          {own ? <Figures of={own} /> : null}
        </>
      );
  }
}
