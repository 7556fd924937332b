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
import { few, type ShownColumn, Table } from '../parts/table.tsx';
import { WayLink } from '../parts/way.tsx';
import type { Language } from '../words/language.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import css from './client.module.css';

export function ClientsPage() {
  const { say, language } = useWords();
  const [sought, setSought] = useState('');
  const mayWrite = useMay('write-clients');
  const asked = useClients();
  const words = sought.trim().toLocaleLowerCase(language);
  const every = (asked.data?.clients ?? []).toSorted(
    (a, b) => Number(a.state === 'ended') - Number(b.state === 'ended') || a.name.localeCompare(b.name, language),
  );
  const all = every.filter(({ name, alias }) => `${name} ${alias}`.toLocaleLowerCase(language).includes(words));
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
      {every.length > few ? (
        <ClientsTable clients={every} sought={sought} />
      ) : (
        <ul className={css['list']}>
          {all.map((one) => (
            <Entry key={one.client} one={one} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function ClientsTable({ clients, sought }: { clients: readonly ClientEntry[]; sought: string }) {
  const { say, language } = useWords();
  return (
    <Table
      id="clients"
      title={say('client.list')}
      columns={columnsOf(say, language)}
      choices={[
        { id: 'lacking', words: (count) => say('table.lacking', { count }), holds: isLacking },
        {
          id: 'halted',
          words: (count) => say('table.halted', { count }),
          holds: ({ halt, state }) => halt !== undefined && state !== 'ended',
        },
        { id: 'ended', words: (count) => say('table.ended', { count }), holds: ({ state }) => state === 'ended' },
      ]}
      rows={clients}
      keyOf={({ client }) => client}
      line="client-line"
      isWarm={isLacking}
      sought={sought}
    />
  );
}

const isLacking = ({ lacking, state }: ClientEntry): boolean => lacking > 0 && state !== 'ended';

/** Who a client is stays out of the file: the alias stands for them. */
const columnsOf = (say: Say, language: Language): readonly ShownColumn<ClientEntry>[] => [
  {
    id: 'name',
    head: say('table.head.name'),
    value: ({ name }) => name,
    show: ({ client, name }) => <WayLink to={{ page: 'client', id: client }}>{name}</WayLink>,
    notInFile: true,
  },
  { id: 'alias', head: say('table.head.alias'), value: ({ alias }) => alias },
  { id: 'plan', head: say('table.head.plan'), value: (one) => planWords(one, language, say) },
  { id: 'until', head: say('table.head.until'), value: ({ until }) => until },
  {
    id: 'lacking',
    head: say('table.head.lacking'),
    value: (one) => (isLacking(one) ? one.lacking : undefined),
    words: (one) => (isLacking(one) ? say('client.lacking', { count: one.lacking }) : '–'),
  },
];

function planWords({ state, plan, halt }: ClientEntry, language: Language, say: Say): string {
  if (state === 'ended') return say('client.state.ended');
  return halt ? haltWords(halt, language, say) : say(`client.step.${plan ?? 'drafted'}`);
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
