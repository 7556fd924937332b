/** Alarms by kind: how many, how many came to nothing, how soon somebody had them and was there. */
import type { AlarmFigures, Spread } from '@nattfrid/shared/desk/follow-up-view';
import { seconds } from '@nattfrid/shared/time/duration';
import { Table } from '../parts/table.tsx';
import type { Say } from '../words/say.ts';
import { length } from '../words/times.ts';
import { useWords } from '../words/words.ts';

export function AlarmTable({ alarms }: { alarms: readonly AlarmFigures[] }) {
  const { say } = useWords();
  if (alarms.length === 0) return null;
  return (
    <Table
      id="alarms"
      title={say('statistics.alarms')}
      columns={[
        { id: 'kind', head: say('statistics.head.kind'), value: ({ kind }) => say(`alarm.kind.${kind}`) },
        { id: 'many', head: say('statistics.head.alarms'), value: (one) => one.alarms },
        { id: 'false', head: say('statistics.head.falseAlarms'), value: ({ falseAlarms }) => falseAlarms },
        {
          id: 'taken',
          head: say('statistics.head.taken'),
          value: ({ takenSeconds }) => takenSeconds?.median,
          words: ({ takenSeconds }) => spread(takenSeconds, say),
        },
        {
          id: 'there',
          head: say('statistics.head.there'),
          value: ({ thereSeconds }) => thereSeconds?.median,
          words: ({ thereSeconds }) => spread(thereSeconds, say),
        },
      ]}
      rows={alarms}
      keyOf={({ kind }) => kind}
    />
  );
}

const spread = (given: Spread | undefined, say: Say): string =>
  given
    ? say('statistics.spread', {
        median: length(seconds(Math.round(given.median)), say),
        p95: length(seconds(Math.round(given.p95)), say),
      })
    : '–';
