/** The page of documents: each made of facts, shown as it is printed; whom people ask is filled in here once. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useDocumentFacts } from '../around/asking-documents.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import { ContactForm } from './contact-form.tsx';
import type { Write } from './document.ts';
import css from './documents.module.css';
import { dpia } from './dpia.ts';
import { folder } from './folder.ts';
import { hazards } from './hazards.ts';
import { letter } from './letter.ts';
import { OneDocument } from './one-document.tsx';
import { routine } from './routine.ts';
import { security } from './security.ts';
import { sign } from './sign.ts';
import { skrChecklist } from './skr-checklist.ts';

const writers = { sign, folder, letter, routine, skrChecklist, dpia, security, hazards } as const satisfies Record<
  string,
  Write
>;
type Name = keyof typeof writers;
const names = Object.keys(writers) as Name[];

export function DocumentsPage() {
  const { say, language } = useWords();
  const facts = useDocumentFacts();
  const [name, setName] = useState<Name>('sign');
  return (
    <Page title={say('documents.title')} lead={say('documents.lead')} data-testid="documents">
      {facts.isPending ? <Loading /> : null}
      {facts.error ? <FaultWords fault={asFault(facts.error)} /> : null}
      {facts.data ? (
        <>
          <ContactForm key={facts.data.contact ? 'known' : 'unknown'} facts={facts.data} />
          <nav className={css['choose']} aria-label={say('documents.choose')}>
            {names.map((one) => (
              <Press
                key={one}
                aria-pressed={one === name}
                tone={one === name ? 'cool' : 'quiet'}
                press={() => setName(one)}
                data-testid={`document-${one}`}
              >
                {say(`document.${one}`)}
              </Press>
            ))}
          </nav>
          <div className={css['choose']}>
            <Press press={() => window.print()} data-testid="document-print">
              {say('documents.print')}
            </Press>
          </div>
          <OneDocument document={writers[name](facts.data, language)} />
        </>
      ) : null}
    </Page>
  );
}
