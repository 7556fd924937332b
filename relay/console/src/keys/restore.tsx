/** The municipality's key from its recovery sheet, into this browser. */
import { Textarea } from '@mantine/core';
import type { MunicipalityKeyView } from '@nattfrid/shared/desk/key-routes';
import { Fault } from '@nattfrid/shared/fault/fault';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { useState } from 'react';
import { useAround } from '../around/around.tsx';
import { useMunicipalityAct } from '../around/asking-care.ts';
import { call } from '../link/api.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './keys.module.css';

export function Restore({ view }: { view: MunicipalityKeyView }) {
  const { say } = useWords();
  const { trust } = useAround();
  const [words, setWords] = useState('');
  const [wrong, setWrong] = useState<'words' | 'other'>();
  const restore = useMunicipalityAct(async (_: undefined) => {
    const key = await trust.signing.restore(words);
    setWrong(key ? undefined : 'words');
    if (!key) throw new Fault('request-invalid', 'These are not the 24 words of a sheet.');
    const isThis = view.key === undefined || view.key.key === toBase64Url(key.publicKey);
    setWrong(isThis ? undefined : 'other');
    if (!isThis) throw new Fault('request-invalid', 'This sheet is of another key.');
    // With the settings' own key there is nothing to be told.
    const told = view.key
      ? await call('municipalityKey', {}, {})
      : await call('setMunicipalityKey', {}, await trust.signing.tell(view, key));
    await trust.signing.keep(key);
    setWords('');
    return { ...told };
  });
  return (
    <details className={css['restore']}>
      <summary data-testid="restore-open">{say('keys.restore')}</summary>
      <p>{say('keys.restore.words')}</p>
      <Textarea
        label={say('keys.restore.label')}
        value={words}
        autosize
        minRows={3}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-testid="restore-words"
        onChange={({ currentTarget: { value } }) => setWords(value)}
      />
      {wrong ? (
        <p role="alert" className={css['no']} data-testid="restore-wrong">
          {say(`keys.restore.wrong.${wrong}`)}
        </p>
      ) : (
        <FaultWords fault={restore.fault} />
      )}
      <Press tone="cool" busy={restore.busy} press={() => restore.run(undefined)} data-testid="restore">
        {say('keys.restore.press')}
      </Press>
    </details>
  );
}
