/** The action card of each event: who is told and within how long, what to think of, and the way that needs no computer. One for all, until one differs. */

import { TextInput } from '@mantine/core';
import type { CardFor } from '@nattfrid/shared/care/plan-form';
import press from '../parts/press.module.css';
import { useWords } from '../words/words.ts';
import { ChainFields } from './chain-fields.tsx';
import css from './client.module.css';
import type { CardDraft } from './draft.ts';
import { Lacks, lineClass, Part, useForm } from './form.tsx';

export function CardPart({ needed }: { needed: readonly CardFor[] }) {
  const { say } = useWords();
  const { draft, put, note, closed } = useForm();
  const { card, ownCards } = draft.plan;
  const own = (kind: CardFor, one: CardDraft | undefined) => {
    const { [kind]: _, ...others } = ownCards;
    put('plan', { ownCards: one ? { ...others, [kind]: one } : others });
  };
  const shared = needed.filter((kind) => !ownCards[kind]);
  // That a team is gone stands at its step already.
  const lacks = (kind: CardFor) => {
    const said = note(`cards:${kind}`);
    return said === say('client.lacks.no-such-team') ? undefined : said;
  };
  const kinds = (all: readonly CardFor[]) => all.map((kind) => say(`client.card.${kind}`)).join(', ');
  return (
    <Part id="cards" title={say('client.cards')} lead={say('client.cards.lead')}>
      {shared.length > 0 ? (
        <div className={css['card']} data-testid="card-shared">
          <p>
            <b>{say('client.card.for', { kinds: kinds(shared) })}</b>
          </p>
          <CardFields name="card" card={card} put={(one) => put('plan', { card: one })} />
          <Lacks>{shared.map(lacks).find((words) => words !== undefined)}</Lacks>
          {needed.length > 1 && !closed ? (
            <details className={css['more']}>
              <summary>{say('client.card.differs')}</summary>
              <div className={css['templates']}>
                {shared.map((kind) => (
                  <button
                    key={kind}
                    type="button"
                    className={press['plain']}
                    data-testid={`card-own-${kind}`}
                    onClick={() => own(kind, card)}
                  >
                    {say(`client.card.${kind}`)}
                  </button>
                ))}
              </div>
            </details>
          ) : null}
        </div>
      ) : null}
      {needed.map((kind) => {
        const one = ownCards[kind];
        return one ? (
          <div key={kind} className={css['card']} data-testid={`card-${kind}`}>
            <p>
              <b>{say('client.card.for', { kinds: kinds([kind]) })}</b>
            </p>
            <CardFields name={`card-${kind}`} card={one} put={(changed) => own(kind, changed)} />
            <Lacks>{lacks(kind)}</Lacks>
            {closed ? null : (
              <button type="button" className={press['plain']} onClick={() => own(kind, undefined)}>
                {say('client.card.asOthers')}
              </button>
            )}
          </div>
        ) : null;
      })}
    </Part>
  );
}

function CardFields({ name, card, put }: { name: string; card: CardDraft; put: (card: CardDraft) => void }) {
  const { say } = useWords();
  const { closed } = useForm();
  const field = (of: 'telephone' | 'fallback' | 'words', label: string, size: 'usual' | 'wide') => (
    <TextInput
      label={label}
      value={card[of]}
      disabled={closed}
      autoComplete="off"
      className={lineClass(size)}
      data-testid={`${name}-${of}`}
      onChange={({ currentTarget: { value } }) => put({ ...card, [of]: value })}
    />
  );
  return (
    <div className={css['fields']}>
      <ChainFields name={name} steps={card.steps} put={(steps) => put({ ...card, steps })} />
      {field('fallback', say('client.card.fallback'), 'usual')}
      {field('telephone', say('client.card.telephone'), 'usual')}
      {field('words', say('client.card.words'), 'wide')}
    </div>
  );
}
