/** The recovery sheet: 24 words, shown this once, to be printed; two of them are asked for before the key is kept. */
import { TextInput } from '@mantine/core';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useNow } from '../around/around.tsx';
import { Figures } from '../consoles/figures.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import type { NewKey } from '../trust/signing.ts';
import { day } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './keys.module.css';

/** Which words are asked for: on the first lines and on the last, so that the whole sheet was printed. */
const askedFor = [5, 22] as const;

export function Sheet(props: {
  readonly made: NewKey;
  readonly organisation: string;
  readonly keep: () => void;
  readonly busy: boolean;
  readonly fault: Fault | undefined;
}) {
  const { made, organisation, keep, busy, fault } = props;
  const { say, language } = useWords();
  const today = day(useNow(60_000), language);
  const [typed, setTyped] = useState<readonly string[]>(['', '']);
  const right = askedFor.every((number, index) => typed[index]?.trim().toLowerCase() === made.words[number - 1]);
  return (
    <>
      <section className={css['sheet']} aria-labelledby="sheet" data-testid="sheet">
        <h2 id="sheet">{say('keys.sheet', { organisation })}</h2>
        <p>{say('keys.sheet.words', { date: today })}</p>
        {/* The words of the standard (BIP 39) are English ones, whatever the screen speaks. */}
        <ol lang="en" data-testid="sheet-words">
          {made.words
            .map((word, index) => ({ word, number: index + 1 }))
            .map(({ word, number }) => (
              <li key={number}>{word}</li>
            ))}
        </ol>
        <p>{say('keys.sheet.figures')}</p>
        <Figures of={made.publicKey} />
      </section>
      <section className={`${parts['card']} ${css['checked']}`}>
        <p>{say('keys.sheet.print.words')}</p>
        <div className={css['acts']}>
          <Press press={() => window.print()}>{say('keys.sheet.print')}</Press>
          {askedFor.map((number, index) => (
            <TextInput
              key={number}
              label={say('keys.sheet.word', { number })}
              value={typed[index] ?? ''}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              data-testid={`sheet-word-${number}`}
              onChange={({ currentTarget: { value } }) =>
                setTyped(typed.map((one, at) => (at === index ? value : one)))
              }
            />
          ))}
          <Press tone="cool" busy={busy} disabled={!right} press={keep} data-testid="keep-key">
            {say('keys.sheet.keep')}
          </Press>
        </div>
        <FaultWords fault={fault} />
      </section>
    </>
  );
}
