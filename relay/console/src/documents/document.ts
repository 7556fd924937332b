/** Pure. A document as a title and sections: what it says is made of facts, and how it looks is another's. */
import type { DocumentFacts } from '@nattfrid/shared/desk/document-routes';
import type { Language } from '../words/language.ts';

export type Section =
  | { readonly heading?: string; readonly text: string }
  | { readonly heading?: string; readonly items: readonly string[] }
  /** An address as a square for a telephone's camera, and the words below it. */
  | { readonly heading?: string; readonly qr: string; readonly words: string }
  | { readonly heading?: string; readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] };

export interface Document {
  readonly title: string;
  /** Large and few words, for a wall. */
  readonly isSign?: true;
  readonly sections: readonly Section[];
}

export type Write = (facts: DocumentFacts, language: Language) => Document;

/** One of two, by the language. */
export const both = (language: Language) => (swedish: string, english: string) =>
  language === 'sv' ? swedish : english;

/** Whom to ask, or a line to be filled in by hand. */
export const contactLines = ({ contact }: DocumentFacts, language: Language): readonly string[] => {
  const say = both(language);
  const blank = '____________________';
  return [
    `${say('Personuppgiftsansvarig', 'Controller')}: ${contact?.controller ?? blank}`,
    `${say('Telefon', 'Telephone')}: ${contact?.telephone ?? blank}`,
    `${say('E-post', 'E-mail')}: ${contact?.email ?? blank}`,
    `${say('Dataskyddsombud', 'Data protection officer')}: ${contact?.dataProtectionOfficer ?? blank}`,
    ...(contact?.page ? [contact.page] : []),
  ];
};
