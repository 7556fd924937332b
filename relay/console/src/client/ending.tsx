/** The end of a plan, or of everything: with a reason, and two presses. */
import { TextInput } from '@mantine/core';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import { useState } from 'react';
import { useClientAct } from '../around/asking-care.ts';
import { call } from '../link/api.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { useWords } from '../words/words.ts';
import css from './client.module.css';

export function Ending({ view: { client, plan } }: { view: ClientView }) {
  const { say } = useWords();
  const [why, setWhy] = useState('');
  const lacks = why.trim() === '';
  const endPlan = useClientAct(() => call('endPlan', { client }, { why }));
  const endClient = useClientAct(() => call('endClient', { client }, { why }));
  const planCanEnd = plan?.state === 'signed' || plan?.state === 'in-force';
  return (
    <details className={css['ending']}>
      <summary>{say('client.end')}</summary>
      <p>{say('client.end.words')}</p>
      <TextInput
        label={say('client.end.why')}
        value={why}
        onChange={({ currentTarget: { value } }) => setWhy(value)}
        data-testid="end-why"
      />
      <FaultWords fault={endPlan.fault ?? endClient.fault} />
      <div className={css['acts']}>
        {planCanEnd ? (
          <PressTwice
            sure={say('client.end.plan.sure')}
            disabled={lacks}
            busy={endPlan.busy}
            press={() => endPlan.run(undefined)}
            data-testid="end-plan"
          >
            {say('client.end.plan')}
          </PressTwice>
        ) : null}
        <PressTwice
          sure={say('client.end.client.sure')}
          disabled={lacks}
          busy={endClient.busy}
          press={() => endClient.run(undefined)}
          data-testid="end-client"
        >
          {say('client.end.client')}
        </PressTwice>
      </div>
    </details>
  );
}
