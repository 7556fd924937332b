/** The page of clients: found by name or alias, each with how far the plan is and how much is missing. */
import { TextInput } from '@mantine/core';
import type { ClientEntry } from '@nattfrid/shared/desk/client-view';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useMay } from '../around/around.tsx';
import { useClients } from '../around/asking-care.ts';
import { haltWords } from '../halt/halt-words.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import css from './client.module.css';

export function ClientsPage() {
  const { say, language } = useWords();
  const [sought, setSought] = useState('');
  const mayWrite = useMay('write-clients');
  const asked = useClients();
  const words = sought.trim().toLocaleLowerCase(language);
  const all = (asked.data?.clients ?? [])
    .filter(({ name, alias }) => `${name} ${alias}`.toLocaleLowerCase(language).includes(words))
    .toSorted(
      (a, b) => Number(a.state === 'ended') - Number(b.state === 'ended') || a.name.localeCompare(b.name, language),
    );
  return (
    <Page title={say('client.list')} lead={say('client.list.lead')} data-testid="clients">
      <div className={css['find']}>
        <TextInput
          label={say('client.find')}
          type="search"
          value={sought}
          data-testid="find-client"
          onChange={({ currentTarget: { value } }) => setSought(value)}
        />
        {mayWrite ? (
          <WayLink to={{ page: 'new-client' }} className={css['new'] ?? ''} data-testid="new-client">
            {say('client.new')}
          </WayLink>
        ) : null}
      </div>
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data && all.length === 0 ? <Empty>{say(words === '' ? 'client.none' : 'client.noneFound')}</Empty> : null}
      <ul className={css['list']}>
        {all.map((one) => (
          <Entry key={one.client} one={one} />
        ))}
      </ul>
    </Page>
  );
}

function Entry({ one }: { one: ClientEntry }) {
  const { say, language } = useWords();
  const { client, name, alias, state, plan, lacking, until, halt } = one;
  return (
    <li data-testid="client-entry" data-client={alias}>
      <WayLink to={{ page: 'client', id: client }}>
        <b>{name}</b>
        <span>{alias}</span>
        <span>
          {state === 'ended' ? say('client.state.ended') : say(`client.step.${plan ?? 'drafted'}`)}
          {plan === 'in-force' && until ? ` · ${say('client.listUntil', { date: until })}` : ''}
        </span>
        <span>
          {halt && state !== 'ended' ? <strong>{haltWords(halt, language, say)}</strong> : null}
          {lacking > 0 && state !== 'ended' ? (
            <strong data-testid="entry-lacking">{say('client.lacking', { count: lacking })}</strong>
          ) : null}
        </span>
      </WayLink>
    </li>
  );
}
