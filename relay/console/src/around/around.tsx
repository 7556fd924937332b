/** What every screen may use, passed down from the app: the clock, the desk, the looks, the bell, and who is signed in. */
import { type Action, may } from '@nattfrid/shared/desk/permissions';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Deeds } from '../deeds/open-deeds.ts';
import type { KeepAwake } from '../ring/awake.ts';
import type { Installed } from '../ring/installed.ts';
import type { Ringer } from '../ring/ringer.ts';
import { type DeskEvent, type DeskState, type Known, relayTime } from '../state/desk.ts';
import type { Self } from '../state/self.ts';
import { type Store, useStore } from '../state/store.ts';
import type { Trust } from '../trust/trust.ts';
import type { Lingering } from '../verdict/open-lingering.ts';
import type { Looker } from '../viewing/looker.ts';
import type { HeldLabels } from './held-label.ts';
import type { Hints } from './hints.ts';
import type { Leaving } from './leaving.ts';
import type { LetterKeys } from './letter-keys.ts';
import type { SharedComputer } from './shared-computer.ts';
import type { SteppingUp } from './stepping-up.ts';

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

/** The time by this browser's clock, renewed once in `period` ms. */
export function useLocalNow(period = 1000): Instant {
  const { clock } = useAround();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const ticking = clock.every(milliseconds(period), () => setNow(clock.now()));
    return () => ticking[Symbol.dispose]();
  }, [clock, period]);
  return now;
}

/** The time by the relay's clock, as are all times on the desk. */
export function useNow(period = 1000): Instant {
  const now = useLocalNow(period);
  return relayTime(useDeskState(), now);
}

export const useDeskState = (): DeskState => useStore(useAround().desk);

/** The desk. @throws Error before it is known; screens are drawn only after that */
export function useDesk(): Known {
  const state = useDeskState();
  if (state.name === 'unknown') throw new Error('A screen is drawn before the desk is known.');
  return state;
}
