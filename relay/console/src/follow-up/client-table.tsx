/** Each client: looks, alarms that came to nothing and why, and what that speaks for. */
import type { ClientFigures } from '@nattfrid/shared/desk/follow-up-view';
import { Table } from '../parts/table.tsx';
import { number } from '../words/times.ts';
import { useWords } from '../words/words.ts';

export function ClientTable({ clients }: { clients: readonly ClientFigures[] }) {
  const { say, language } = useWords();
  if (clients.length === 0) return null;
  return (
    <Table
      id="clients"
      title={say('statistics.clients')}
      columns={[
        { id: 'client', head: say('statistics.head.client'), value: ({ client }) => client },
        {
          id: 'looks',
          head: say('statistics.head.looks'),
          value: ({ done }) => done,
          words: ({ done, agreed }) => say('statistics.ofAgreed', { done, agreed }),
        },
        { id: 'alarms', head: say('statistics.head.alarms'), value: ({ alarms }) => alarms },
        { id: 'false', head: say('statistics.head.falseAlarms'), value: ({ falseAlarms }) => falseAlarms },
        {
          id: 'per-night',
          head: say('statistics.head.perNight'),
          value: ({ falseAlarmsPerNight }) => falseAlarmsPerNight,
          words: ({ falseAlarmsPerNight }) => number(falseAlarmsPerNight, language, 3),
        },
        {
          id: 'proposals',
          head: say('statistics.head.proposals'),
          value: ({ proposals }) => -proposals.length,
          words: ({ proposals }) => proposals.map((proposal) => say(`proposal.${proposal}`)).join(' ') || '–',
          long: true,
        },
      ]}
      rows={clients}
      keyOf={({ client }) => client}
    />
  );
}
