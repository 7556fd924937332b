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
const speak = (language: Language): Promise<void> =>
  fetchWords(language).then(
    () => void i18next.changeLanguage(language),
    () => undefined,
  );

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
  const tell = (language: string) => {
    document.documentElement.lang = language;
    storage.setItem(remembered, language);
  };
  tell(i18next.language);
  i18next.on('languageChanged', tell);
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
