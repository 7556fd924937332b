/** Which lines of the log are shown; nothing is asked before it is pressed, as each reading is a line of the log. */
import { NativeSelect, TextInput } from '@mantine/core';
import type { AuditAsked } from '@nattfrid/shared/desk/routes';
import { useState } from 'react';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './audit.module.css';
import { knownWhats, whatWords } from './what-words.ts';

const nothing = { who: '', what: '', subject: '', from: '', to: '' };
type Field = keyof typeof nothing;

export function AuditFilter({ show, file }: { show: (asked: AuditAsked) => void; file: string }) {
  const { say } = useWords();
  const [given, setGiven] = useState(nothing);
  const field = (name: Field) => ({
    value: given[name],
    'data-testid': `audit-filter-${name}`,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setGiven((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form
      className={css['filter']}
      aria-label={say('audit.filter')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        show(askedFor(given));
      }}
    >
      <TextInput label={say('audit.who')} {...field('who')} />
      <NativeSelect
        label={say('audit.what')}
        data={[
          { value: '', label: say('audit.filter.all') },
          ...knownWhats.map((what) => ({ value: what, label: whatWords(what, say) })),
        ]}
        {...field('what')}
      />
      <TextInput label={say('audit.subject')} {...field('subject')} />
      <TextInput label={say('audit.filter.from')} type="datetime-local" {...field('from')} />
      <TextInput label={say('audit.filter.to')} type="datetime-local" {...field('to')} />
      <div className={css['acts']}>
        <Press submit data-testid="audit-filter-show">
          {say('audit.filter.show')}
        </Press>
        <a href={file} download data-testid="audit-export">
          {say('audit.export')}
        </a>
      </div>
    </form>
  );
}

/** What was filled in; times of the clock on the wall as instants. */
function askedFor(given: typeof nothing): AuditAsked {
  const filled = Object.entries(given).flatMap(([name, text]) => {
    const value = text.trim();
    if (value === '') return [];
    if (name !== 'from' && name !== 'to') return [[name, value]];
    const at = new Date(value);
    return Number.isNaN(at.getTime()) ? [] : [[name, at.toISOString()]];
  });
  return Object.fromEntries(filled) as AuditAsked;
}
