/** Asking: which home, what is needed, and why. */
import { NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import type { VisitCard } from '@nattfrid/shared/care/client';
import { BreakGlassReason, BreakGlassWhat } from '@nattfrid/shared/desk/break-glass';
import { may } from '@nattfrid/shared/desk/permissions';
import { ClientAlias } from '@nattfrid/shared/domain/ids';
import { useId as useElementId, useState } from 'react';
import { useDesk, useSelf } from '../around/around.tsx';
import { useAskBreakGlass } from '../around/asking-break-glass.ts';
import form from '../parts/form.module.css';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './break-glass.module.css';
import { Card } from './card.tsx';
import { BreakGlassFault } from './fault.tsx';

const longestWords = 300;
const longestAlias = 32;

/** @param client the home that it is about, where one comes from its page; empty: it is written here */
export function AskForm({ client: from }: { client: string }) {
  const { say } = useWords();
  const { role } = useSelf();
  const homes = [...new Set([...useDesk().units.values()].map(({ client }) => client))].sort();
  const [client, setClient] = useState(from);
  const [what, setWhat] = useState<BreakGlassWhat>(
    may(role, 'answer-alarms') || !may(role, 'see-desk') ? 'visit-card' : 'alarms',
  );
  const [reason, setReason] = useState<BreakGlassReason>('nobody-answers');
  const [words, setWords] = useState('');
  const [lacking, setLacking] = useState(false);
  const [own, setOwn] = useState<VisitCard>();
  const ask = useAskBreakGlass(setOwn);
  const id = useElementId();
  const submit = () => {
    const alias = ClientAlias.safeParse(client.trim());
    setLacking(!alias.success);
    setOwn(undefined);
    if (alias.success) ask.run({ client: alias.data, what, reason, ...(words.trim() && { words: words.trim() }) });
  };
  return (
    <form
      className={`${parts['card']} ${css['ask']} ${form['field']}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      data-testid="ask-break-glass"
    >
      <h2>{say('breakGlass.ask')}</h2>
      <TextInput
        label={say('breakGlass.client')}
        description={say('breakGlass.client.about')}
        maxLength={longestAlias}
        list={`${id}-homes`}
        autoComplete="off"
        value={client}
        error={lacking ? say('breakGlass.lacking') : undefined}
        onChange={({ currentTarget }) => {
          setClient(currentTarget.value);
          setLacking(false);
        }}
        data-testid="break-glass-client"
      />
      <datalist id={`${id}-homes`}>
        {homes.map((home) => (
          <option key={home} value={home} />
        ))}
      </datalist>
      <div>
        <span id={`${id}-what`} className={css['label']}>
          {say('breakGlass.what')}
        </span>
        <SegmentedControl
          fullWidth
          aria-labelledby={`${id}-what`}
          classNames={{ label: css['choice'] ?? '' }}
          value={what}
          onChange={(value) => setWhat(BreakGlassWhat.parse(value))}
          data={BreakGlassWhat.options.map((one) => ({ value: one, label: say(`breakGlass.what.${one}`) }))}
          data-testid="break-glass-what"
        />
      </div>
      <NativeSelect
        label={say('breakGlass.reason')}
        value={reason}
        onChange={({ currentTarget }) => setReason(BreakGlassReason.parse(currentTarget.value))}
        data={BreakGlassReason.options.map((one) => ({ value: one, label: say(`breakGlass.reason.${one}`) }))}
        data-testid="break-glass-reason"
      />
      <Textarea
        label={say('breakGlass.words')}
        description={say('breakGlass.words.about')}
        autosize
        minRows={2}
        maxLength={longestWords}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
        data-testid="break-glass-words"
      />
      <div>
        <Press submit tone="warm" large busy={ask.busy} data-testid="break-glass-submit">
          {say('breakGlass.submit')}
        </Press>
      </div>
      <BreakGlassFault fault={ask.fault} />
      {own ? (
        <section role="status" className={css['own']}>
          <p>{say('breakGlass.already')}</p>
          <Card card={own} />
        </section>
      ) : null}
    </form>
  );
}
