/** The page of a car on a phone: the next visit with its one next step, and those after it. */
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { useDesk, useSelf } from '../around/around.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { WayLink } from '../parts/way.tsx';
import { Ago } from '../parts/when.tsx';
import { ownTeams } from '../state/at-work.ts';
import type { Known } from '../state/desk.ts';
import { isSelf, type Self } from '../state/self.ts';
import { useWords } from '../words/words.ts';
import css from './car.module.css';
import { CarVisit } from './car-visit.tsx';

export function CarPage() {
  const { say } = useWords();
  const desk = useDesk();
  const self = useSelf();
  const inCar = ownTeams(desk.night, self).length > 0;
  const [next, ...then] = visitsOf(desk, self);
  return (
    <Page title={say('car.title')} data-testid="car">
      {inCar ? null : (
        <p className={css['sub']}>
          {say('car.noShift')} <WayLink to={{ page: 'shifts' }}>{say('shifts.title')}</WayLink>
        </p>
      )}
      {next ? <CarVisit visit={next} /> : <Empty>{say('car.none')}</Empty>}
      {then.length > 0 ? (
        <section aria-labelledby="then">
          <h2 id="then">{say('car.then')}</h2>
          <ul className={css['then']}>
            {then.map((visit) => (
              <li key={visit.visit}>
                <b>{visit.client}</b>
                <span>
                  {say(`visit.why.${visit.why}`)} · <Ago at={visit.neededAt} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Page>
  );
}

const under = { there: 0, 'on-the-way': 1, needed: 2, done: 3 } as const;
const urgency = {
  'alarm-not-taken': 0,
  'help-needed': 0,
  'not-seen-twice': 1,
  'technical-fault': 2,
  'no-supervision': 3,
} as const;

/** What one is doing first; then the most urgent; then the oldest. A visit that nobody has been named for is everybody's. */
function visitsOf({ visits, night }: Known, self: Self): readonly VisitView[] {
  const own = new Set(ownTeams(night, self).map(({ team }) => team));
  return [...visits.values()]
    .filter(({ state, who, team }) => {
      if (state === 'done') return false;
      if (state !== 'needed') return isSelf(self, who) || (team !== undefined && own.has(team));
      return team === undefined || own.has(team);
    })
    .sort(
      (a, b) =>
        under[a.state] - under[b.state] || urgency[a.why] - urgency[b.why] || a.neededAt.localeCompare(b.neededAt),
    );
}
