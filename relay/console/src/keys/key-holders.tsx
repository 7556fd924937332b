/** For whoever has the municipality's key: which colleagues' browsers may sign plans, and which may look, after their figures were compared. */
import type { ConsoleView } from '@nattfrid/shared/desk/console-view';
import type { KeyLetter, MunicipalityKeyView } from '@nattfrid/shared/desk/key-routes';
import { useAround } from '../around/around.tsx';
import { useConsoles } from '../around/asking.ts';
import { useMunicipalityAct } from '../around/asking-care.ts';
import { comparing, Figures } from '../consoles/figures.tsx';
import { call } from '../link/api.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './keys.module.css';

export function KeyHolders({ view }: { view: MunicipalityKeyView }) {
  const { say } = useWords();
  const consoles = (useConsoles().data?.consoles ?? []).filter(({ state }) => state !== 'withdrawn');
  return (
    <section className={css['holders']} aria-labelledby="key-holders">
      <h2 id="key-holders">{say('keys.holders')}</h2>
      <p>{say('keys.holders.words')}</p>
      {consoles.length === 0 ? <Empty>{say('keys.holders.none')}</Empty> : null}
      <ul>
        {consoles.map((one) => (
          <li key={`${one.operator} ${one.console}`}>
            <Holder one={one} letters={view.letters.filter(({ key }) => key === one.console)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Holder({ one, letters }: { one: ConsoleView; letters: readonly KeyLetter[] }) {
  const { say } = useWords();
  const { trust } = useAround();
  const give = useMunicipalityAct(async (kind: KeyLetter['kind']) => {
    // The name of a device and not of a person: it goes to units along with each plan.
    const letter = await trust.signing.letterFor(kind, one.console, one.label ?? '?');
    return call('keepKeyLetter', {}, letter);
  });
  const has = (kind: KeyLetter['kind']) => letters.some((letter) => letter.kind === kind);
  return (
    <article className={parts['card']} data-testid="key-holder" data-who={one.who}>
      <h3>
        {one.who}
        {one.label ? ` · ${one.label}` : ''}
      </h3>
      <Figures of={one.console} />
      <FaultWords fault={give.fault} />
      <div className={css['acts']}>
        {(['signer', 'voucher'] as const).map((kind) =>
          has(kind) ? (
            <p key={kind} className={css['yes']} data-testid={`has-${kind}`}>
              {say(`keys.has.${kind}`)}
            </p>
          ) : (
            <PressTwice
              key={kind}
              sure={say(`keys.give.${kind}.sure`)}
              patience={comparing}
              busy={give.busy}
              press={() => give.run(kind)}
              data-testid={`give-${kind}`}
            >
              {say(`keys.give.${kind}`)}
            </PressTwice>
          ),
        )}
      </div>
    </article>
  );
}
