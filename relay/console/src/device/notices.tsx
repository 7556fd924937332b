/** What the frame tells of this device: a new version that waits, devices that ring no more, webhooks that need a person. */
import { useEffect, useSyncExternalStore } from 'react';
import { useAround, useDeskState, useMay, useSelf } from '../around/around.tsx';
import { useConnections } from '../around/asking-connections.ts';
import { useMyPush, useRingAgain, useSeenForgotten } from '../around/asking-push.ts';
import { useMonths } from '../around/asking-training.ts';
import { Press } from '../parts/press.tsx';
import { useGo, usePath, WayLink } from '../parts/way.tsx';
import { isOutOfDate, mayLoadNew } from '../state/new-version.ts';
import { monthName } from '../words/month-name.ts';
import { useWords } from '../words/words.ts';
import css from './device.module.css';

export function DeviceNotices() {
  const { language } = useWords();
  const { installed } = useAround();
  const go = useGo();
  useRingAgain(language);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one goes is the same at each drawing
  useEffect(() => installed.onOpen((alarm) => go({ page: 'alarm', id: alarm })), [installed]);
  return (
    <>
      <NewVersion />
      <Forgotten />
      <WebhooksWait />
      <MonthThere />
    </>
  );
}

/** Never in a look, nor while an alarm is seen to: whoever does that goes on, and is asked afterwards. */
function NewVersion() {
  const { say } = useWords();
  const { installed } = useAround();
  const version = useSyncExternalStore(installed.subscribe, installed.get);
  const state = useDeskState();
  const path = usePath();
  const self = useSelf();
  const isOld = version === 'new' || isOutOfDate(state, ownBuild(), sessionStorage.getItem(tried) ?? undefined);
  if (!isOld || !mayLoadNew(state, self, path)) return null;
  const load = () => {
    if (state.name === 'known' && state.build !== undefined) sessionStorage.setItem(tried, state.build);
    installed.loadNew();
  };
  return (
    <section className={css['notice']} aria-label={say('version.new')} data-testid="new-version">
      <p role="status">{say('version.new')}</p>
      <Press press={load}>{say('version.load')}</Press>
    </section>
  );
}

const tried = 'nattfrid.build';

/** As it was written into the page when it was built; undefined while it is being developed. */
const ownBuild = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name=nattfrid-build]')?.content;

function Forgotten() {
  const { say } = useWords();
  const forgotten = useMyPush().data?.forgotten ?? [];
  const seen = useSeenForgotten();
  if (forgotten.length === 0) return null;
  const labels = forgotten.map(({ label }) => label).join(', ');
  return (
    <section className={css['notice']} aria-label={say('push.forgotten', { labels })} data-testid="push-forgotten">
      <p role="status">{say('push.forgotten', { labels })}</p>
      <Press
        busy={seen.busy}
        press={() => seen.run(forgotten.map(({ device }) => device))}
        data-testid="forgotten-seen"
      >
        {say('push.forgotten.seen')}
      </Press>
    </section>
  );
}

function WebhooksWait() {
  const { say } = useWords();
  const may = useMay('manage-connections');
  const webhooks = useConnections(may).data?.webhooks ?? [];
  const troubled = webhooks.filter(({ givenUp, state }) => givenUp > 0 || state === 'secret-lost').length;
  if (troubled === 0) return null;
  return (
    <section
      className={css['notice']}
      aria-label={say('connections.trouble', { count: troubled })}
      data-testid="webhooks-wait"
    >
      <p role="status">{say('connections.trouble', { count: troubled })}</p>
      <WayLink to={{ page: 'connections' }}>{say('connections.title')}</WayLink>
    </section>
  );
}

/** Until somebody of the organisation has read it. */
function MonthThere() {
  const { say, language } = useWords();
  const months = useMonths(useMay('read-statistics')).data?.months ?? [];
  const fresh = months.find(({ openedAt }) => openedAt === undefined);
  if (!fresh) return null;
  const words = say('months.there', { month: monthName(fresh.month, language) });
  return (
    <section className={css['notice']} aria-label={words} data-testid="month-there">
      <p role="status">{words}</p>
      <WayLink to={{ page: 'month', id: fresh.month }}>{say('months.open')}</WayLink>
    </section>
  );
}
