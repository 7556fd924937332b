/** An exchanged unit under its old name and place: the new one's key is put in, and its token shown once. */
import { TextInput } from '@mantine/core';
import { routes } from '@nattfrid/shared/desk/routes';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { useState } from 'react';
import { useReplaceUnit } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './unit.module.css';

export function ReplaceUnit({ unit, then }: { unit: UnitId; then: (token: string) => void }) {
  const { say } = useWords();
  const [key, setKey] = useState('');
  const [planGone, setPlanGone] = useState(false);
  const replacing = useReplaceUnit(unit, (made) => {
    setPlanGone(made.planGone);
    setKey('');
    then(made.token);
  });
  const asked = routes.replaceUnit.body.safeParse({ publicKey: key.trim() });
  return (
    <div className={`${css['act']} ${form['field']}`}>
      <p className={css['sub']}>{say('unit.replace.words')}</p>
      <TextInput
        label={say('unit.add.key')}
        description={say('unit.add.key.words')}
        autoComplete="off"
        value={key}
        data-testid="replace-unit-key"
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <PressTwice
        busy={replacing.busy}
        disabled={!asked.success}
        sure={say('unit.replace.sure')}
        press={() => asked.success && replacing.run(asked.data)}
        data-testid="replace-unit"
      >
        {say('unit.replace')}
      </PressTwice>
      {planGone ? (
        <p role="status" className={css['trouble']} data-testid="plan-gone">
          {say('unit.replace.planGone')}
        </p>
      ) : null}
      <FaultWords fault={replacing.fault} />
    </div>
  );
}
