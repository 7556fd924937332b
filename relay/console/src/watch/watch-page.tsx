/** The page of the watch: what needs somebody now in one short column, or that all is calm. */
import { seconds } from '@nattfrid/shared/time/duration';
import { useMemo } from 'react';
import { useDesk, useDeskState, useLocalNow, useMay, useNow, useSelf } from '../around/around.tsx';
import { ConsoleCards } from '../consoles/console-card.tsx';
import { useReady } from '../look/ready.ts';
import { Notices } from '../night/notices.tsx';
import { WorkAhead } from '../night/work-ahead.tsx';
import { Page } from '../parts/page.tsx';
import { TestCards } from '../serve/test-cards.tsx';
import { type Board, boardOf } from '../state/board.ts';
import { freshness } from '../state/desk.ts';
import { useWords } from '../words/words.ts';
import { AlarmCard } from './alarm-card.tsx';
import { Calm } from './calm.tsx';
import { Homes } from './homes.tsx';
import { LookCard } from './look-card.tsx';
import { NextLooks } from './next-looks.tsx';
import { Night } from './night.tsx';
import { Others } from './others.tsx';
import { RoundCard } from './round-card.tsx';
import { SomeOf } from './some-of.tsx';
import { Start } from './start.tsx';
import { UnitGroups, useUnitGroups } from './unit-groups.tsx';
import { VisitCard } from './visit-card.tsx';
import css from './watch.module.css';

/** Whoever sees no desk finds here what there is to do. */
export const WatchPage = () => (useMay('see-desk') ? <Watch /> : <Start />);

/** More than these are lines, so that what comes after them is seen as well. */
const cards = { alarms: 3, looks: 3, visits: 2 } as const;
const lines = 4;

function Watch() {
  const { say } = useWords();
  const desk = useDesk();
  const self = useSelf();
  const now = useNow(seconds(2));
  const board = useMemo(() => boardOf(desk, self, now), [desk, self, now]);
  const groups = useUnitGroups();
  const units = groups.reduce((sum, group) => sum + group.units.length, 0);
  useReady();
  // Nothing stands above an alarm.
  const alarm = board.alarms.length > 0;
  return (
    <Page title={say('watch.title')} data-testid="watch" beside={<Sum board={board} units={units} />}>
      <Notices alarm={alarm} />
      {alarm ? null : <ConsoleCards />}
      {alarm ? null : <TestCards />}
      <div className={css['grid']}>
        <div className={css['main']}>
          {board.count === 0 ? <CalmNow board={board} /> : <Needs board={board} />}
          <UnitGroups groups={groups} />
        </div>
        <div className={css['side']}>
          <Others others={board.others} />
          <WorkAhead />
          <NextLooks looks={desk.looks} rounds={board.coming} />
          <Homes />
        </div>
      </div>
      {alarm ? <TestCards /> : null}
      {alarm ? <ConsoleCards /> : null}
      <Night />
    </Page>
  );
}

function CalmNow({ board }: { board: Board }) {
  const fresh = freshness(useDeskState(), useLocalNow()).name === 'fresh';
  const home = board.coming[0]?.homes[0];
  return <Calm next={home?.look} fresh={fresh} />;
}

function Needs({ board: { alarms, looks, rounds, visits } }: { board: Board }) {
  const { say } = useWords();
  return (
    <div className={css['needs']} data-testid="needs">
      <Some all={alarms.slice(0, cards.alarms)} idOf={alarmId} draw={(alarm) => <AlarmCard alarm={alarm} />} />
      {alarms.length > cards.alarms ? (
        <section className={css['round']} data-tone="alarm" aria-labelledby="more-alarms">
          <h2 id="more-alarms">{say('watch.moreAlarms', { count: alarms.length - cards.alarms })}</h2>
          <SomeOf
            all={alarms.slice(cards.alarms)}
            first={lines}
            idOf={alarmId}
            draw={(alarm) => <AlarmCard alarm={alarm} line />}
          />
        </section>
      ) : null}
      <Some all={looks.slice(0, cards.looks)} idOf={lookId} draw={(look) => <LookCard look={look} />} />
      {looks.length > cards.looks ? (
        <section className={css['round']} aria-label={say('watch.sum.looks', { count: looks.length - cards.looks })}>
          <SomeOf
            all={looks.slice(cards.looks)}
            first={lines}
            idOf={lookId}
            draw={(look) => <LookCard look={look} line />}
          />
        </section>
      ) : null}
      {rounds.map((now) => (
        <RoundCard key={now.round.until} now={now} />
      ))}
      {visits.length <= cards.visits ? (
        <Some all={visits} idOf={visitId} draw={(visit) => <VisitCard visit={visit} />} />
      ) : (
        <section className={css['round']} aria-labelledby="visits-to-make" data-testid="watch-visits">
          <h2 id="visits-to-make">{say('watch.visits', { count: visits.length })}</h2>
          <SomeOf all={visits} first={lines} idOf={visitId} draw={(visit) => <VisitCard visit={visit} line />} />
        </section>
      )}
    </div>
  );
}

const alarmId = ({ alarm }: Board['alarms'][number]) => alarm;
const lookId = ({ look }: Board['looks'][number]) => look;
const visitId = ({ visit }: Board['visits'][number]) => visit;

function Some<One>(props: { all: readonly One[]; idOf: (one: One) => string; draw: (one: One) => React.ReactNode }) {
  const { all, idOf, draw } = props;
  if (all.length === 0) return null;
  return (
    <ul className={css['needs']}>
      {all.map((one) => (
        <li key={idOf(one)}>{draw(one)}</li>
      ))}
    </ul>
  );
}

/** «2 larm · 63 tillsyner · 4 enheter att se över»: the whole night in one line. */
function Sum({ board, units }: { board: Board; units: number }) {
  const { say } = useWords();
  const looks = board.looks.length + board.rounds.reduce((sum, { due }) => sum + due.length, 0);
  const words = [
    ...(board.alarms.length > 0 ? [say('watch.sum.alarms', { count: board.alarms.length })] : []),
    ...(looks > 0 ? [say('watch.sum.looks', { count: looks })] : []),
    ...(board.visits.length > 0 ? [say('watch.sum.visits', { count: board.visits.length })] : []),
    ...(units > 0 ? [say('watch.sum.units', { count: units })] : []),
  ];
  if (words.length === 0) return null;
  return (
    <p className={css['count']} data-testid="watch-sum">
      {words.join(' · ')}
    </p>
  );
}
