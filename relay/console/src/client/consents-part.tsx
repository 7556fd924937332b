/** Samtycken: the three of the form, who gave them, that the client does not object, and which folder was handed over. */
import type { ConsentRecord } from '@nattfrid/shared/care/consent-record';
import type { ReactNode } from 'react';
import { day, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './client.module.css';
import { Choice, Lacks, Line, Part, Tick, useForm } from './form.tsx';

export function ConsentsPart({ records }: { records: readonly ConsentRecord[] }) {
  const { say } = useWords();
  const { draft, put, note, closed } = useForm();
  const { consent } = draft;
  const has = (what: ConsentRecord['given']['what']) =>
    records.some(({ given, withdrawn }) => given.what === what && !withdrawn);
  const household = has('lives-alone') || has('cohabitant');
  const isWriting =
    consent.technology || consent.supervision || consent.livesAlone || consent.cohabitants.trim() !== '';
  return (
    <Part id="consents" title={say('client.consents')} lead={say('client.consents.lead')}>
      <Given records={records} />
      {has('technology') ? null : <Tick of="consent" name="technology" label={say('client.consent.technology')} />}
      {has('supervision') ? null : <Tick of="consent" name="supervision" label={say('client.consent.supervision')} />}
      <div className={css['event']}>
        {household ? null : <Tick of="consent" name="livesAlone" label={say('client.consent.livesAlone')} />}
        <Line
          of="consent"
          name="cohabitants"
          label={say('client.consent.cohabitants')}
          hint={say('client.consent.cohabitants.words')}
          size="wide"
        />
        <Lacks>{note('consent:household')}</Lacks>
      </div>
      {isWriting || !(has('technology') && has('supervision') && household) ? (
        <>
          <Choice
            name="consent-by"
            label={say('client.consent.by')}
            value={consent.by}
            closed={closed}
            choose={(by) => put('consent', { by })}
            options={[
              { value: 'self', label: say('client.consent.by.self') },
              { value: 'god-man', label: say('client.consent.by.god-man') },
              { value: 'forvaltare', label: say('client.consent.by.forvaltare') },
            ]}
          />
          {consent.by === 'self' ? null : (
            <div className={css['event']}>
              <Line of="consent" name="byName" label={say('client.consent.byName')} />
              <Line of="consent" name="byScope" label={say('client.consent.byScope')} />
              <Tick of="consent" name="doesNotObject" label={say('client.consent.doesNotObject')} />
            </div>
          )}
          <Choice
            name="consent-how"
            label={say('client.consent.how')}
            value={consent.how}
            closed={closed}
            choose={(how) => put('consent', { how })}
            options={[
              { value: 'in-writing', label: say('client.consent.how.in-writing') },
              { value: 'spoken', label: say('client.consent.how.spoken') },
            ]}
          />
          <Line of="consent" name="on" label={say('client.consent.on')} type="date" size="short" />
          <Line of="consent" name="folderVersion" label={say('client.consent.folder')} size="short" />
          <Line of="consent" name="document" label={say('client.consent.document')} />
        </>
      ) : null}
    </Part>
  );
}

function Given({ records }: { records: readonly ConsentRecord[] }): ReactNode {
  const { say, language } = useWords();
  if (records.length === 0) return null;
  return (
    <ul className={css['given']} data-testid="consents-given">
      {records.map(({ consent, given, withdrawn }) => (
        <li key={consent} data-what={given.what} {...(withdrawn ? { 'data-withdrawn': true } : {})}>
          <b>
            {say(`client.given.${given.what}`)}
            {given.cohabitant ? ` · ${given.cohabitant}` : ''}
          </b>
          <span>
            {say('client.given.words', {
              date: given.on,
              by: given.by.type === 'self' ? say('client.consent.by.self') : `${given.by.name} (${given.by.scope})`,
              folder: given.folderVersion,
            })}
            {withdrawn
              ? ` · ${say('client.given.withdrawn', { date: day(readTime(withdrawn.at), language), who: say(`halt.saidBy.${withdrawn.saidBy}`) })}`
              : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}
