/** Pure. What is missing or cannot be read, beside which field of the screen it is said, and in which words. */
import type { Lacking } from '@nattfrid/shared/care/lacking-in-plan';
import type { Say } from '../words/say.ts';
import type { Draft } from './draft.ts';

const places: Readonly<Record<string, string>> = {
  decision: 'decision:reference',
  from: 'plan:from',
  until: 'plan:until',
  units: 'units',
  windows: 'plan:times',
  product: 'plan:product',
  stopWhenSeen: 'plan:stopWhenSeen',
  physical: 'plan:physicalTimes',
  'consents.technology': 'consent:technology',
  'consents.supervision': 'consent:supervision',
  'consents.cohabitant': 'consent:household',
};

const fieldOf = ({ field }: Lacking): string => places[field] ?? field.replace('.', ':');

/** @returns field of the screen > words; one that cannot be read goes before one that is missing */
export function notesOf(
  draft: Draft,
  lacking: readonly Lacking[],
  unread: readonly string[],
  say: Say,
): ReadonlyMap<string, string> {
  const notes = new Map<string, string>();
  for (const one of lacking) notes.set(fieldOf(one), say(`client.lacks.${one.why}`));
  for (const field of unread) notes.set(field, say(isEmpty(draft, field) ? 'client.lacks.empty' : wrong(field)));
  return notes;
}

function isEmpty(draft: Draft, field: string): boolean {
  const [part = '', name = ''] = field.split(':');
  const value = Object.entries(draft).find(([key]) => key === part)?.[1] as
    | Readonly<Record<string, unknown>>
    | undefined;
  return typeof value?.[name] !== 'string' || value[name].trim() === '';
}

const wrong = (field: string) =>
  field === 'person:personalNumber' ? ('client.wrong.personalNumber' as const) : ('client.wrong' as const);
