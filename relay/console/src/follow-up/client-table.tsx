/** Each client: looks, alarms that came to nothing and why, and what that speaks for. */
import type { ClientFigures } from '@nattfrid/shared/desk/follow-up-view';
import { Table } from '../parts/table.tsx';
import { useWords } from '../words/words.ts';

export function ClientTable({ clients }: { clients: readonly ClientFigures[] }) {
  const { say, language } = useWords();
  if (clients.length === 0) return null;
  const number = (figure: number) => figure.toLocaleString(language === 'sv' ? 'sv-SE' : 'en-GB');
  return (
    <Table
      title={say('statistics.clients')}
      heads={[
        say('statistics.head.client'),
        say('statistics.head.looks'),
        say('statistics.head.alarms'),
        say('statistics.head.falseAlarms'),
        say('statistics.head.perNight'),
        say('statistics.head.proposals'),
      ]}
      rows={clients.map((one) => ({
        key: one.client,
        cells: [
          one.client,
          say('statistics.ofAgreed', { done: one.done, agreed: one.agreed }),
          one.alarms,
          one.falseAlarms,
          number(one.falseAlarmsPerNight),
          one.proposals.map((proposal) => say(`proposal.${proposal}`)).join(' ') || '–',
        ],
      }))}
    />
  );
}
