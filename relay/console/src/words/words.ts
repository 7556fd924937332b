/** The only door to i18next: the chosen language, and its words by typed keys. */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en.ts';
import type { Language } from './language.ts';
import type { Say } from './say.ts';
import { sv } from './sv.ts';

const remembered = 'nattfrid.language';

/** Swedish, unless English was chosen in this browser before. */
export async function openWords(storage: Storage): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { sv: { translation: sv }, en: { translation: en } },
    lng: storage.getItem(remembered) === 'en' ? 'en' : 'sv',
    fallbackLng: 'sv',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
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
    speak: (language) => void i18n.changeLanguage(language),
  };
}
