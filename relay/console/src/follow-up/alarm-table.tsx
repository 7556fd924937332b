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
      title={say('statistics.alarms')}
      heads={['kind', 'alarms', 'falseAlarms', 'taken', 'there'].map((head) => say(`statistics.head.${head}` as never))}
      rows={alarms.map((one) => ({
        key: one.kind,
        cells: [
          say(`alarm.kind.${one.kind}`),
          one.alarms,
          one.falseAlarms,
          spread(one.takenSeconds, say),
          spread(one.thereSeconds, say),
        ],
      }))}
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
