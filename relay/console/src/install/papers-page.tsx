/** The sign and the letter for this home, made for this unit: to be printed, or shown on the telephone. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useInstallPapers } from '../around/asking-install.ts';
import documents from '../documents/documents.module.css';
import { letter } from '../documents/letter.ts';
import { OneDocument } from '../documents/one-document.tsx';
import { signFor } from '../documents/sign.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useId, WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';

const papers = ['sign', 'letter'] as const;

export function PapersPage() {
  const { say, language } = useWords();
  const order = useId();
  const asked = useInstallPapers(order);
  const [shown, show] = useState<(typeof papers)[number]>('sign');
  const { facts, unit } = asked.data ?? {};
  return (
    <Page
      title={say('papers.title')}
      beside={<WayLink to={{ page: 'work-order', id: order }}>{say('papers.back')}</WayLink>}
      data-testid="papers"
    >
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      <div className={documents['choose']}>
        {papers.map((one) => (
          <Press key={one} aria-pressed={one === shown} tone={one === shown ? 'cool' : 'quiet'} press={() => show(one)}>
            {say(`papers.${one}`)}
          </Press>
        ))}
        <Press press={() => window.print()} data-testid="papers-print">
          {say('papers.print')}
        </Press>
      </div>
      {facts && unit ? (
        <OneDocument document={shown === 'sign' ? signFor(unit)(facts, language) : letter(facts, language)} />
      ) : null}
    </Page>
  );
}
