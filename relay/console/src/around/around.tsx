/** What every screen may use, passed down from the app: the clock, the desk, the looks, the bell, and who is signed in. */
import { type Action, may } from '@nattfrid/shared/desk/permissions';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Deeds } from '../deeds/open-deeds.ts';
import type { KeepAwake } from '../ring/awake.ts';
import type { Installed } from '../ring/installed.ts';
import type { Ringer } from '../ring/ringer.ts';
import { type DeskEvent, type DeskState, isSameContent, type Known } from '../state/desk.ts';
import type { Self } from '../state/self.ts';
import { type Store, useOf, useStore } from '../state/store.ts';
import type { Trust } from '../trust/trust.ts';
import type { Lingering } from '../verdict/open-lingering.ts';
import type { Looker } from '../viewing/looker.ts';
import type { HeldLabels } from './held-label.ts';
import type { Hints } from './hints.ts';
import type { Leaving } from './leaving.ts';
import type { LetterKeys } from './letter-keys.ts';
import type { SharedComputer } from './shared-computer.ts';
import type { SteppingUp } from './stepping-up.ts';
import { ticking } from './ticking.ts';

export interface Around {
  readonly clock: Clock;
  readonly desk: Store<DeskState, DeskEvent>;
  readonly looker: Looker;
  readonly ringer: Ringer;
  readonly trust: Trust;
  readonly leaving: Leaving;
  /** A verdict that can still be taken back, on whatever page. */
  readonly lingering: Lingering;
  /** What was pressed at visits, until the relay has it. */
  readonly deeds: Deeds;
  readonly shared: SharedComputer;
  readonly stepping: SteppingUp;
  readonly installed: Installed;
  readonly awake: KeepAwake;
  readonly letterKeys: LetterKeys;
  readonly label: HeldLabels;
  readonly hints: Hints;
}

const AroundContext = createContext<Around | undefined>(undefined);
const SelfContext = createContext<Self | undefined>(undefined);

export const ProvideAround = ({ around, children }: { around: Around; children: ReactNode }) => (
  <AroundContext value={around}>{children}</AroundContext>
);
export const ProvideSelf = ({ self, children }: { self: Self; children: ReactNode }) => (
  <SelfContext value={self}>{children}</SelfContext>
);

export function useAround(): Around {
  const around = useContext(AroundContext);
  if (!around) throw new Error('A screen stands outside the app.');
  return around;
}

/** Who is signed in. @throws Error outside the part of the app that needs a sign-in */
export function useSelf(): Self {
  const self = useContext(SelfContext);
  if (!self) throw new Error('A screen for signed-in people stands outside their part.');
  return self;
}

/** Whether the role of whoever is signed in lets them do this; the relay asks again. */
export const useMay = (action: Action): boolean => may(useSelf().role, action);

/** The time by this browser's clock, renewed once in `period` ms: all that show it are drawn anew together. */
export function useLocalNow(period = 1000): Instant {
  const { clock } = useAround();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => ticking(clock, period, setNow), [clock, period]);
  return now;
}

/** The time by the relay's clock, as are all times on the desk. */
export function useNow(period = 1000): Instant {
  const now = useLocalNow(period);
  const ahead = useOf(useAround().desk, (state) => (state.name === 'known' ? state.ahead : 0));
  return instant(now + ahead);
}

export const useDeskState = (): DeskState => useStore(useAround().desk);

/**
 * The desk; drawn anew when something on it changes, and not at each beat of the relay.
 *
 * @throws Error before it is known; screens are drawn only after that
 */
export function useDesk(): Known {
  const { desk } = useAround();
  const state = useSyncExternalStore(desk.subscribe, () => contentOf(desk));
  if (state.name === 'unknown') throw new Error('A screen is drawn before the desk is known.');
  return state;
}

const contents = new WeakMap<object, DeskState>();

/** The same desk as before, where only the time at which it was heard has changed. */
function contentOf(desk: Around['desk']): DeskState {
  const [before, state] = [contents.get(desk), desk.get()];
  if (before && isSameContent(before, state)) return before;
  contents.set(desk, state);
  return state;
}
