/** The page of break-glass: what one has asked for and may now see, asking, and what is open for others. */
import type { BreakGlassView } from '@nattfrid/shared/desk/break-glass';
import { useDesk, useMay, useSelf } from '../around/around.tsx';
import { useEndBreakGlass } from '../around/asking-break-glass.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { PressTwice } from '../parts/press-twice.tsx';
import { useId } from '../parts/way.tsx';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { AskForm } from './ask-form.tsx';
import css from './break-glass.module.css';
import { ofOthers, ownOf } from './own.ts';
import { OwnAccess } from './own-access.tsx';

export function BreakGlassPage() {
  const { say } = useWords();
  const client = useId();
  const self = useSelf();
  const desk = useDesk();
  const mayAsk = useMay('ask-break-glass');
  const own = ownOf(desk, self);
  const others = ofOthers(desk, self, 'open');
  return (
    <Page title={say('breakGlass.title')} lead={say('breakGlass.lead')} data-testid="break-glass">
      <p className={css['never']}>{say('breakGlass.never')}</p>
      {own.length > 0 ? (
        <section className={css['list']} aria-label={say('breakGlass.mine')}>
          {own.map((one) => (
            <OwnAccess key={one.access} access={one} />
          ))}
        </section>
      ) : null}
      {mayAsk ? <AskForm key={client} client={client} /> : null}
      {others.length > 0 ? (
        <section className={parts['card']}>
          <h2>{say('breakGlass.others')}</h2>
          <ul className={css['others']}>
            {others.map((one) => (
              <OpenForOther key={one.access} access={one} />
            ))}
          </ul>
        </section>
      ) : null}
    </Page>
  );
}

function OpenForOther({ access }: { access: BreakGlassView }) {
  const { say, language } = useWords();
  const end = useEndBreakGlass(access.access);
  const { who, what, client, until, grantedBy = '' } = access;
  return (
    <li data-testid="open-for-other">
      <span>
        <b>{who}</b> · {say('breakGlass.heading', { what: say(`breakGlass.what.${what}`), client })}
        <small>{say('breakGlass.open', { time: clockTime(readTime(until), language), who: grantedBy })}</small>
      </span>
      <PressTwice
        sure={say('breakGlass.takeBack.sure')}
        busy={end.busy}
        press={() => end.run(undefined)}
        data-testid="take-back-access"
      >
        {say('breakGlass.takeBack')}
      </PressTwice>
      <FaultWords fault={end.fault} />
    </li>
  );
}
