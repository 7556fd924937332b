/** Whom clients, relatives and visitors ask: stands on the sign and in every document. */
import { TextInput } from '@mantine/core';
import { Contact, type DocumentFacts } from '@nattfrid/shared/desk/document-routes';
import { useState } from 'react';
import { useSetContact } from '../around/asking-documents.ts';
import { Adding } from '../parts/adding.tsx';
import { useFields } from '../parts/fields.ts';
import { useWords } from '../words/words.ts';

const nothing = { controller: '', telephone: '', email: '', dataProtectionOfficer: '', page: '' };
const fields = ['controller', 'telephone', 'email', 'dataProtectionOfficer', 'page'] as const;

export function ContactForm({ facts: { contact } }: { facts: DocumentFacts }) {
  const { say } = useWords();
  const { given, field } = useFields('contact', { ...nothing, ...contact, page: contact?.page ?? '' });
  const [lacking, setLacking] = useState<readonly string[]>([]);
  const set = useSetContact();
  const add = () => {
    const filled = Object.fromEntries(Object.entries(given).filter(([, text]) => text.trim() !== ''));
    const checked = Contact.safeParse(filled);
    setLacking(checked.success ? [] : checked.error.issues.map(({ path }) => String(path[0])));
    if (checked.success) set.run(checked.data);
  };
  return (
    <Adding
      name="contact"
      title={contact ? say('documents.contact') : say('documents.contact.missing')}
      words={say('documents.contact.words')}
      submit={say('documents.contact.save')}
      busy={set.busy}
      add={add}
      lacking={lacking.length > 0 ? say('documents.contact.lacking') : undefined}
      fault={set.fault}
      shown={set.done ? <p role="status">{say('documents.contact.saved')}</p> : null}
    >
      {fields.map((name) => (
        <TextInput
          key={name}
          label={say(`documents.${name}`)}
          error={lacking.includes(name) ? say('documents.fill') : undefined}
          {...field(name)}
        />
      ))}
    </Adding>
  );
}
