/** The search, from anywhere: «/» or the magnifier. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { SearchSign } from '../parts/icons.tsx';
import { later } from '../parts/later.tsx';
import parts from '../parts/parts.module.css';
import { useHasLetterKeys, useLetterKeys } from '../parts/use-letter-keys.ts';
import { useWords } from '../words/words.ts';
import css from './search.module.css';
import type { PageEntry } from './things.ts';

const key = '/';

export const SearchBox = later(async () => (await import('./search-box.tsx')).SearchBox);

/** @param entries of all pages, whoever may go there */
export function Search({ entries }: { entries: readonly PageEntry[] }) {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  // Whoever goes somewhere is there, and whoever closes it is where they were.
  const [gone, setGone] = useState(false);
  const begin = () => {
    setGone(false);
    setOpen(true);
  };
  const keys = useHasLetterKeys();
  useLetterKeys((pressed) => {
    if (pressed !== key) return false;
    begin();
    return true;
  });
  return (
    <>
      <button
        type="button"
        className={css['open']}
        onClick={begin}
        title={say('search.open')}
        aria-haspopup="dialog"
        {...(keys ? { 'aria-keyshortcuts': key } : {})}
        data-testid="search-open"
        data-search
      >
        <SearchSign size={22} />
        <span className={parts['hidden']}>{say('search.open')}</span>
      </button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={<b>{say('search.title')}</b>}
        size="lg"
        yOffset="8dvh"
        closeButtonProps={{ 'aria-label': say('search.close') }}
        returnFocus={!gone}
        transitionProps={{ duration: 0 }}
        data-testid="search"
      >
        {open ? <SearchBox entries={entries} over={() => setOpen(false)} goes={() => setGone(true)} /> : null}
      </Modal>
    </>
  );
}
