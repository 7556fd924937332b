/** The one place that builds the console from its parts: the desk and its live stream, the bell, the looks, the pages. */
import { MantineProvider } from '@mantine/core';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type ReactNode, useEffect, useState } from 'react';
import { type Around, ProvideAround, ProvideSelf, useAround, useDeskState, useLocalNow } from './around/around.tsx';
import { openQueries, QueryClientProvider, useMe } from './around/asking.ts';
import { useLock } from './around/asking-shared.ts';
import { openHeldLabels } from './around/held-label.ts';
import { openHints } from './around/hints.ts';
import { forgetMe, meKey } from './around/known-me.ts';
import { openLeaving } from './around/leaving.ts';
import { openLetterKeys } from './around/letter-keys.ts';
import { openSharedComputer } from './around/shared-computer.ts';
import { openSteppingUp } from './around/stepping-up.ts';
import { OfflineCar } from './car/offline-car.tsx';
import { useKeptCar } from './car/use-kept-car.ts';
import { useLockWhenLeft } from './computer/use-lock-when-left.ts';
import { useRegistered } from './consoles/own-console.ts';
import { openDeeds } from './deeds/open-deeds.ts';
import { openShelf, type Shelf } from './deeds/shelf.ts';
import { Frame } from './frame/frame.tsx';
import { StaleBanner } from './frame/stale-banner.tsx';
import { useOwnWord } from './keys/own-word.ts';
import { call, isSignedOut } from './link/api.ts';
import { keepLive } from './link/live.ts';
import type { preparePictures } from './link/open.ts';
import { pages } from './pages.ts';
import { Back } from './parts/back.tsx';
import { Empty, Loading, Page } from './parts/page.tsx';
import { Press } from './parts/press.tsx';
import { theme, variables } from './parts/theme.ts';
import { goTo, Walk } from './parts/way.tsx';
import { openAwake } from './ring/awake.ts';
import { type Installed, openInstalled } from './ring/installed.ts';
import { openRinger } from './ring/ringer.ts';
import { LockedPage } from './sign-in/locked-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { desk, freshness } from './state/desk.ts';
import { openStore } from './state/store.ts';
import type { KeyStore } from './trust/key-store.ts';
import { openTrust } from './trust/trust.ts';
import { openLingering } from './verdict/open-lingering.ts';
import { openLooker } from './viewing/looker.ts';
import { useWords } from './words/words.ts';

/** What of the console is another's where it is trained with: keys that are forgotten, pictures that are drawn, no service worker. */
export interface Apart {
  readonly keys: KeyStore;
  readonly shelf: Shelf;
  readonly prepare: typeof preparePictures;
  readonly installed: Installed;
}

/** @param clock of this browser @param random uniform in [0, 1) @param apart where it is trained with */
export function openApp(clock: Clock, random: () => number, apart?: Apart): ReactNode {
  const ringer = openRinger(clock);
  const store = openStore(desk(clock.now()), ({ rings }) => rings && ringer.ring());
  const trust = openTrust(clock, apart?.keys);
  const closed = (look: LookView) => store.send({ type: 'answered', answer: { type: 'look', look } });
  const looker = openLooker(clock, trust, closed, apart?.prepare);
  const leaving = openLeaving();
  const around: Around = {
    clock,
    desk: store,
    looker,
    ringer,
    trust,
    leaving,
    lingering: openLingering(clock, store, leaving.before),
    deeds: openDeeds({ clock, desk: store, shelf: apart?.shelf ?? openShelf(), newId: () => crypto.randomUUID() }),
    shared: openSharedComputer(clock, localStorage),
    stepping: openSteppingUp(),
    installed: apart?.installed ?? openInstalled(clock),
    awake: openAwake(localStorage),
    letterKeys: openLetterKeys(localStorage),
    hints: openHints(localStorage),
    label: openHeldLabels(clock, location, history, sessionStorage),
  };
  const queries = openQueries();
  const signedOut = () => forgetMe(queries);
  const lockedElsewhere = () => void queries.invalidateQueries({ queryKey: meKey });
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="dark">
      <QueryClientProvider client={queries}>
        <ProvideAround around={around}>
          <Door
            random={random}
            signedOut={signedOut}
            lockedElsewhere={lockedElsewhere}
            goHome={() => goTo({ page: 'watch' })}
          >
            <Walk frame={Frame} pages={pages} lost={Lost} broken={Broken} />
          </Door>
        </ProvideAround>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The sign-in page for everybody who is not signed in. */
function Door(props: {
  random: () => number;
  signedOut: () => void;
  lockedElsewhere: () => void;
  goHome: () => void;
  children: ReactNode;
}) {
  const { random, signedOut, lockedElsewhere, goHome, children } = props;
  const { shared, deeds } = useAround();
  const me = useMe();
  const lock = useLock();
  const [known, setKnown] = useState(false);
  const locked = me.data?.locked === true;
  // Somebody has left it without signing out, and this page is opened by whoever comes next.
  const left = !known && me.data && !locked && shared.isLeft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each who signs in, and each time that it is locked
  useEffect(() => {
    if (locked) goHome();
    if (me.data === undefined) return;
    if (left) return lock.run(undefined);
    setKnown(true);
    if (me.data && !locked) shared.arrived();
    deeds.signedIn(me.data && !locked ? (me.data.id ?? me.data.email) : undefined);
    void deeds.read.then(() => {
      if (!me.data || locked || deeds.list.get().list?.by !== me.data.id) deeds.keepList(undefined);
    });
  }, [me.data?.email, me.data === null, locked]);
  if (me.data === null) return <SignInPage />;
  // The relay cannot be reached: whoever drives goes on with what this telephone has kept.
  if (me.data === undefined && cannotReach(me) && shared.get() === undefined) return <OfflineCar />;
  if (!me.data || left) return <Loading />;
  if (me.data.locked) return <LockedPage who={me.data.name} random={random} signedOut={signedOut} />;
  return (
    <ProvideSelf self={me.data}>
      <Live key={me.data.email} random={random} signedOut={signedOut} lockedElsewhere={lockedElsewhere}>
        {children}
      </Live>
    </ProvideSelf>
  );
}

/** Nothing has been heard of the relay since the page was opened, and it was tried. */
const cannotReach = ({ fetchStatus, failureCount }: ReturnType<typeof useMe>): boolean =>
  fetchStatus === 'paused' || failureCount > 0;

/** The live stream runs while somebody is signed in; pages are drawn once the desk is known. */
function Live(props: {
  random: () => number;
  signedOut: () => void;
  lockedElsewhere: () => void;
  children: ReactNode;
}) {
  const { random, signedOut, lockedElsewhere, children } = props;
  const { clock, desk: store, ringer } = useAround();
  useEffect(() => {
    const over = new AbortController();
    void keepLive(
      {
        clock,
        random,
        hear: (event) => store.send({ type: 'live', event, at: clock.now() }),
        up: () => store.send({ type: 'link-up', at: clock.now() }),
        down: () => {
          store.send({ type: 'link-down', at: clock.now() });
          // A WebSocket does not tell why it was refused; this request tells whether the session has ended, or was locked elsewhere.
          call('me', {}, {}, { signal: over.signal }).then(
            (me) => me.locked && lockedElsewhere(),
            (error) => isSignedOut(error) && signedOut(),
          );
        },
        odd: (cause) => console.warn('the relay told something that this console does not understand', cause),
      },
      over.signal,
    );
    return () => {
      over.abort();
      ringer.urge('none');
      store.send({ type: 'signed-out', at: clock.now() });
    };
  }, [clock, store, ringer, random, signedOut, lockedElsewhere]);
  useFetchedAhead();
  useRegistered();
  useLockWhenLeft();
  useOwnWord();
  useKeptCar();
  return useDeskState().name === 'known' ? children : <Waiting />;
}

/** Every page that comes in a file of its own, one after another, while there is nothing else to do: a press waits for none. */
function useFetchedAhead(): void {
  const { clock } = useAround();
  const known = useDeskState().name === 'known';
  useEffect(() => {
    if (!known) return;
    const over = new AbortController();
    void fetchAhead(clock, over.signal);
    return () => over.abort();
  }, [clock, known]);
}

async function fetchAhead(clock: Clock, signal: AbortSignal): Promise<void> {
  for (const page of Object.values(pages)) {
    if (!('fetch' in page)) continue;
    await idle(clock, signal);
    if (signal.aborted) return;
    // One that cannot be had now is asked for anew when somebody goes there.
    await page.fetch().catch(() => undefined);
  }
}

/** Safari does not tell when it has nothing to do. */
const idle = (clock: Clock, signal: AbortSignal): Promise<unknown> =>
  'requestIdleCallback' in window
    ? new Promise((resolve) => requestIdleCallback(resolve))
    : clock.sleep(milliseconds(50), signal);

function Waiting() {
  return (
    <>
      <StaleBanner fresh={freshness(useDeskState(), useLocalNow(seconds(1)))} />
      <Loading />
    </>
  );
}

function Lost() {
  const { say } = useWords();
  return (
    <Page title={say('app.notFound')} beside={<Back />}>
      <Empty>{say('app.notFound.words')}</Empty>
    </Page>
  );
}

function Broken() {
  const { say } = useWords();
  return (
    <>
      <Empty>{say('app.broken')}</Empty>
      <Press press={() => location.reload()}>{say('app.reload')}</Press>
    </>
  );
}
