/** A checklist is begun for a home, by its alias. */
import { NativeSelect } from '@mantine/core';
import type { ChecklistKind } from '@nattfrid/shared/desk/checklist-view';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { useState } from 'react';
import { useDesk } from '../around/around.tsx';
import { useBeginChecklist } from '../around/asking-training.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './checklist.module.css';

export function BeginChecklist({ kind }: { kind: ChecklistKind }) {
  const { say } = useWords();
  const units = [...useDesk().units.values()].filter(({ training }) => !training);
  const homes = [...new Set(units.map(({ client }) => client))].toSorted((a, b) => a.localeCompare(b, 'sv'));
  const [chosen, choose] = useState<ClientAlias>();
  const client = chosen ?? homes[0];
  const begin = useBeginChecklist();
  if (!client) return <p className={css['quiet']}>{say('checklists.noHome')}</p>;
  return (
    <div className={`${css['begin']} ${form['field']}`}>
      <NativeSelect
        label={say('checklists.begin')}
        data={homes}
        value={client}
        onChange={({ currentTarget }) => choose(currentTarget.value as ClientAlias)}
        data-testid="checklist-home"
      />
      <Press tone="cool" busy={begin.busy} press={() => begin.run({ kind, client })} data-testid="checklist-begin">
        {say('checklists.begin.press')}
      </Press>
      <FaultWords fault={begin.fault} />
    </div>
  );
}
