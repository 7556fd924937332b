/** The page of shadow mode: what would have been called for whom, and from there to the plan in which it can be agreed. */
import { asFault } from '@nattfrid/shared/fault/fault';
import { useState } from 'react';
import { useLocalNow } from '../around/around.tsx';
import { useClients } from '../around/asking-care.ts';
import { useShadowEvents } from '../around/asking-follow-up.ts';
import { ChoosePeriod, lastDays } from '../follow-up/period.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { WayLink } from '../parts/way.tsx';
import { useWords } from '../words/words.ts';
import { type WouldBe, whatWouldBe } from './what-would-be.ts';

/** How often the page looks whether a new day has begun, in ms. */
const minute = 60_000;
const kinds = ['fall', 'left-room', 'not-in-bed'] as const;

export function ShadowPage() {
  const { say } = useWords();
  const now = useLocalNow(minute);
  const [period, setPeriod] = useState(() => lastDays(30, now));
  const asked = useShadowEvents(period);
  const found = whatWouldBe(asked.data?.counts ?? []);
  return (
    <Page title={say('shadow.title')} lead={say('shadow.lead')} data-testid="shadow">
      <ChoosePeriod now={now} period={period} choose={setPeriod} />
      {asked.isPending ? <Loading /> : null}
      {asked.error ? <FaultWords fault={asFault(asked.error)} /> : null}
      {asked.data && found.length === 0 ? <Empty>{say('shadow.none')}</Empty> : null}
      {found.length > 0 ? <Found found={found} /> : null}
    </Page>
  );
}

function Found({ found }: { found: readonly WouldBe[] }) {
  const { say } = useWords();
  return (
    <Table
      id="shadow"
      title={say('shadow.table')}
      columns={[
        { id: 'client', head: say('statistics.head.client'), value: ({ client }) => client },
        { id: 'nights', head: say('shadow.nights'), value: ({ nights }) => nights },
        ...kinds.map((kind) => ({
          id: kind,
          head: say(`alarm.kind.${kind}`),
          value: ({ kinds: counted }: WouldBe) => counted[kind] ?? 0,
        })),
        {
          id: 'then',
          head: say('shadow.then'),
          value: ({ client }) => client,
          show: ({ client }) => <PlanLink client={client} />,
          notInFile: true,
        },
      ]}
      rows={found}
      keyOf={({ client }) => client}
    />
  );
}

function PlanLink({ client }: { client: WouldBe['client'] }) {
  const { say } = useWords();
  const known = useClients().data?.clients.find((one) => one.alias === client);
  return known ? <WayLink to={{ page: 'client', id: known.client }}>{say('shadow.plan')}</WayLink> : '–';
}
