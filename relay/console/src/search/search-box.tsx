/** What is written and found in the search: a combobox with a list box (ARIA Authoring Practices), by keyboard alone. */
import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useState } from 'react';
import { type Address, useGo } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import { find, type Sought } from './find.ts';
import css from './search.module.css';
import { type PageEntry, useThings } from './things.ts';

/** @param entries of all pages, whoever may go there @param goes somebody goes where they have chosen */
export function SearchBox(props: { entries: readonly PageEntry[]; over: () => void; goes: () => void }) {
  const { entries, over, goes } = props;
  const { say } = useWords();
  const go = useGo();
  const [words, setWords] = useState('');
  /** Which is chosen by the arrows; Mantine tells the list box of it, and not the option. */
  const [at, setAt] = useState(-1);
  const list = useCombobox({ opened: true });
  const all = useThings(entries, words.trim() !== '');
  const found = find(all, words);
  const choose = (one: Sought<Address> | undefined) => {
    if (!one) return;
    goes();
    over();
    go(one.to);
  };
  return (
    <Combobox store={list} withinPortal={false} onOptionSubmit={(id) => choose(found.find((one) => idOf(one) === id))}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          className={css['words'] ?? ''}
          type="search"
          aria-label={say('search.label')}
          placeholder={say('search.label')}
          aria-autocomplete="list"
          aria-describedby="search-hint"
          spellCheck={false}
          value={words}
          onChange={({ currentTarget: { value } }) => {
            setWords(value);
            list.resetSelectedOption();
            setAt(-1);
          }}
          onKeyDown={(event) => {
            // Nothing is chosen yet: the first is what was meant.
            if (event.key === 'Enter' && list.getSelectedOptionIndex() === -1) choose(found[0]);
            if (event.key === 'Escape') over();
          }}
          onKeyUp={() => setAt(list.getSelectedOptionIndex())}
          data-testid="search-words"
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={css['found']} aria-label={say('search.title')} data-testid="search-found">
        {found.map((one, index) => (
          <Combobox.Option
            key={idOf(one)}
            value={idOf(one)}
            aria-selected={index === at}
            className={css['one']}
            data-testid="search-one"
            data-kind={one.kind}
            {...(index === 0 ? { 'data-first': true } : {})}
          >
            <small>{say(`search.kind.${one.kind}`)}</small>
            <b>{one.name}</b>
            <span>{one.about}</span>
          </Combobox.Option>
        ))}
      </Combobox.Options>
      <p role="status" className={css['hint']}>
        {words.trim() === '' ? null : say(found.length > 0 ? 'search.found' : 'search.none', { count: found.length })}
      </p>
      <p id="search-hint" className={css['hint']}>
        {say('search.hint')}
      </p>
    </Combobox>
  );
}

const idOf = ({ kind, id }: Pick<Sought, 'kind' | 'id'>): string => `${kind} ${id}`;
