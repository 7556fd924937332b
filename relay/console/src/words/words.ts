/** The only door to i18next: the chosen language, and its words by typed keys. */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { hold } from './held.ts';
import type { Language } from './language.ts';
import type { Say } from './say.ts';
import { sv } from './sv.ts';

const remembered = 'nattfrid.language';

let later: Promise<void> | undefined;

/** What only pages say that are fetched in a file of their own: it comes with the first of them. */
export function fetchLaterWords(): Promise<void> {
  later ??= import('./sv-later.ts').then(
    ({ svLater }) => {
      hold(svLater);
      i18next.addResourceBundle('sv', 'translation', svLater, true, true);
    },
    (error: unknown) => {
      later = undefined;
      throw error;
    },
  );
  return later;
}

/** Swedish is there from the beginning; another language is a file of its own, for whoever reads it. */
async function fetchWords(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', (await import('./en.ts')).en);
}

/** Where its file cannot be had, the words stay as they are. */
async function speak(language: Language): Promise<void> {
  try {
    await fetchWords(language);
  } catch {
    return;
  }
  await i18next.changeLanguage(language);
}

/** Swedish, unless English was chosen in this browser before. */
export async function openWords(storage: Storage): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { sv: { translation: sv } },
    lng: 'sv',
    fallbackLng: 'sv',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  if (storage.getItem(remembered) === 'en') await speak('en');
  document.documentElement.lang = i18next.language;
  // Remembered when it is chosen, and not when a page opens: it may have been chosen anew in another one meanwhile.
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    storage.setItem(remembered, language);
  });
}

export interface Words {
  readonly say: Say;
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

/** The words of the chosen language; components are drawn again when it changes. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  return {
    say: t as Say,
    language: i18n.language === 'en' ? 'en' : 'sv',
    speak: (language) => void speak(language),
  };
}
