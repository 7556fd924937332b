/** The car where the relay cannot be reached and the page was opened anew: the list as this telephone kept it. Nothing else is shown. */
import { instant } from '@nattfrid/shared/time/instant';
import { useAround, useLocalNow } from '../around/around.tsx';
import { keptFor } from '../deeds/car-list.ts';
import { withDeeds } from '../deeds/deeds.ts';
import { StaleBanner } from '../frame/stale-banner.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { useStore } from '../state/store.ts';
import { NotSent } from '../visit/not-sent.tsx';
import { WayInWords } from '../visit/way-in.tsx';
import { ago, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { CarCard, Then } from './car-card.tsx';

export function OfflineCar() {
  const { say } = useWords();
  const { deeds } = useAround();
  const local = useLocalNow();
  const { list } = useStore(deeds.list);
  const pressed = useStore(deeds.store);
  if (!list || local - list.keptAt > keptFor) return <Loading />;
  const now = instant(local + list.ahead);
  const since = (at: string) => ago(readTime(at), now, say);
  const [next, ...then] = list.visits
    .map((visit) => withDeeds(visit, pressed, visit.visit))
    .filter(({ state }) => state !== 'done');
  return (
    <main id="content" data-testid="offline-car">
      <StaleBanner fresh={{ name: 'stale', since: list.keptAt }} />
      <Page title={say('car.title')} lead={say('car.offline')}>
        <NotSent by={list.by} now={now} />
        {next ? (
          <CarCard
            key={next.visit}
            visit={next}
            ago={since(next.neededAt)}
            mayGo
            move={(step) => deeds.press(next, step, list.by, list.ahead)}
            where={next.wayIn ? <WayInWords wayIn={next.wayIn} wide /> : <p>{say('where.notKept')}</p>}
            desks={list.desks}
          />
        ) : (
          <Empty>{say('car.none')}</Empty>
        )}
        <Then visits={then} ago={since} />
      </Page>
    </main>
  );
}
