/** The page of a car on a phone: the next visit with its one next step, and those after it. */
import { useDesk, useMay, useNow, useSelf } from '../around/around.tsx';
import { desksToCall, visitsOfCar } from '../deeds/car-list.ts';
import { Hint } from '../parts/hint.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { WayLink } from '../parts/way.tsx';
import { Ago } from '../parts/when.tsx';
import { ownTeams } from '../state/at-work.ts';
import { useMoveVisit, useShown } from '../visit/acts.ts';
import { NotSent } from '../visit/not-sent.tsx';
import { Where } from '../visit/where.tsx';
import { useWords } from '../words/words.ts';
import css from './car.module.css';
import { CarCard, Then } from './car-card.tsx';

export function CarPage() {
  const { say } = useWords();
  const desk = useDesk();
  const self = useSelf();
  const now = useNow();
  const inCar = ownTeams(desk.night, self).length > 0;
  const [next, ...then] = useShown(visitsOfCar(desk, self)).filter(({ state }) => state !== 'done');
  return (
    <Page title={say('car.title')} data-testid="car">
      {inCar ? null : (
        <p className={css['sub']}>
          {say('car.noShift')} <WayLink to={{ page: 'shifts' }}>{say('shifts.title')}</WayLink>
        </p>
      )}
      <NotSent by={self.id ?? self.email} now={now} />
      {next ? <CarVisit key={next.visit} visit={next} /> : <Empty>{say('car.none')}</Empty>}
      <Hint page="car" />
      <Then visits={then} ago={(at) => <Ago at={at} />} />
    </Page>
  );
}

function CarVisit({ visit }: { visit: Parameters<typeof CarCard>[0]['visit'] }) {
  const move = useMoveVisit(visit);
  return (
    <CarCard
      visit={visit}
      ago={<Ago at={visit.neededAt} />}
      mayGo={useMay('make-visits')}
      move={move}
      where={<Where client={visit.client} wide />}
      desks={desksToCall(useDesk().night.teams)}
    />
  );
}
