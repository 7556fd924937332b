/** Which actions need more than a password. Beside it stands how many could show more, and what never needs any. */
import { NativeSelect } from '@mantine/core';
import { Assurance, type Levelled, levelFor, levelled } from '@nattfrid/shared/desk/assurance';
import type { SignInSettingsView } from '@nattfrid/shared/desk/sign-in-settings';
import { useState } from 'react';
import { useSetSignIn } from '../around/asking-sign-in.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './sign-in-settings.module.css';

type Chosen = Readonly<Record<Levelled, Assurance>>;

export function LevelsPart({ settings }: { readonly settings: SignInSettingsView }) {
  const { say } = useWords();
  const before = Object.fromEntries(levelled.map((action) => [action, levelFor(settings, action)])) as Chosen;
  const [chosen, setChosen] = useState<Chosen>(before);
  const [changed, setChanged] = useState(false);
  const save = useSetSignIn(() => setChanged(false));
  const choose = (action: Levelled, level: Assurance) => {
    setChosen({ ...chosen, [action]: level });
    setChanged(true);
  };
  const submit = () => {
    const { look, ...levels } = chosen;
    const { provider } = settings;
    save.run({ settings: { lookAssurance: look, levels, ...(provider && { provider }) } });
  };
  const { people = 0, sure = 0 } = settings;
  const most = Math.max(...Object.values(chosen));
  const warning =
    most > 2 && !settings.provider ? 'levels.noProvider' : most > 1 && sure < people ? 'levels.fewer' : undefined;
  return (
    <section className={`${parts['card']} ${css['part']}`} aria-labelledby="levels">
      <h2 id="levels">{say('levels.title')}</h2>
      <p className={css['sub']}>{say('levels.words')}</p>
      <p data-testid="levels-sure">{say('levels.sure', { sure, people })}</p>
      <ul className={css['levels']}>
        {levelled.map((action) => (
          <li key={action}>
            <NativeSelect
              className={form['field'] ?? ''}
              label={say(`levelled.${action}`)}
              value={String(chosen[action])}
              onChange={({ currentTarget }) => choose(action, Assurance.parse(Number(currentTarget.value)))}
              data={([1, 2, 3] as const).map((level) => ({ value: String(level), label: say(`level.${level}`) }))}
              data-testid={`level-${action}`}
              data-raised={chosen[action] > 1 || undefined}
            />
          </li>
        ))}
      </ul>
      <p className={css['never']}>{say('levels.never')}</p>
      {warning ? (
        <p role="status" className={parts['fault']} data-testid="levels-warning">
          {say(warning)}
        </p>
      ) : null}
      <FaultWords fault={save.fault} data-testid="levels-fault" />
      <div className={css['acts']}>
        <Press tone="cool" busy={save.busy} disabled={!changed} press={submit} data-testid="save-levels">
          {say('signInSettings.save')}
        </Press>
        {save.done && !changed ? (
          <p role="status" data-testid="levels-saved">
            {say('signInSettings.saved')}
          </p>
        ) : null}
      </div>
    </section>
  );
}
