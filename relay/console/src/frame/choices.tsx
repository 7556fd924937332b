/** The choices of language, of light or dark, and whether single keys press buttons. */
import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useId, useSyncExternalStore } from 'react';
import { useAround } from '../around/around.tsx';
import type { Language } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

export function LanguageChoice() {
  const { say, language, speak } = useWords();
  const id = useId();
  return (
    <div className={css['choice']}>
      <span id={id}>{say('app.language')}</span>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        data-testid="language"
        value={language}
        onChange={(value) => speak(value as Language)}
        data={[
          { value: 'sv', label: 'Svenska' },
          { value: 'en', label: 'English' },
        ]}
      />
    </div>
  );
}

export function ThemeChoice() {
  const { say } = useWords();
  const id = useId();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={css['choice']}>
      <span id={id}>{say('app.theme')}</span>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        data-testid="theme"
        value={colorScheme === 'light' ? 'light' : 'dark'}
        onChange={(value) => setColorScheme(value as 'light' | 'dark')}
        data={[
          { value: 'dark', label: say('app.theme.dark') },
          { value: 'light', label: say('app.theme.light') },
        ]}
      />
    </div>
  );
}

export function LetterKeysChoice() {
  const { say } = useWords();
  const { letterKeys } = useAround();
  const on = useSyncExternalStore(letterKeys.subscribe, letterKeys.get);
  return (
    <label className={css['tick']}>
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => letterKeys.want(event.currentTarget.checked)}
        data-testid="letter-keys"
      />
      {say('app.letterKeys')}
    </label>
  );
}
