/** The shell of a held verdict: moves its clock, and tells the relay when its seconds are over; whoever goes on takes it along. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Duration } from '@nattfrid/shared/time/duration';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { useEffect, useRef, useState } from 'react';
import { useAround, useDesk, useSelf } from '../around/around.tsx';
import type { Action } from '../around/asking.ts';
import type { Known } from '../state/desk.ts';
import { openStore, useOf, useStore } from '../state/store.ts';
import { type HeldVerdict, heldVerdict, type Said } from '../verdict/held-verdict.ts';
import type { About } from '../verdict/lingering.ts';

import { doesLack, type Lacking, lackingInAlarm } from './lacking.ts';

export interface Holding {
  readonly held: HeldVerdict;
  /** By the clock that never steps, as are the times of `held`. */
  readonly now: Duration;
  readonly lacking: Lacking;
  /** The relay is being told. */
  readonly busy: boolean;
  give(verdict: Verdict): void;
  confirm(): void;
  undo(): void;
}

interface Judged {
  readonly about: About;
  readonly tell: Action<Said>;
  readonly lacking: Lacking;
  /** Somebody has judged it already. */
  readonly isOver: (desk: Known) => boolean;
}

export function useHeldVerdict({ about, tell, lacking, isOver }: Judged): Holding {
  const { clock, desk, leaving, lingering } = useAround();
  const latest = useRef({ about, tell, isOver });
  latest.current = { about, tell, isOver };
  const telling = useRef<Promise<void>>(Promise.resolve());
  const [store] = useState(() =>
    openStore(heldVerdict, ({ said }) => {
      telling.current = latest.current.tell.ran(said);
    }),
  );
  const held = useStore(store);
  // Come back to it while it can still be taken back: the strip on every page says so.
  const lingers = useOf(lingering, (one) => (one.name === 'held' && one.about.id === about.id ? 1 : 0)) === 1;
  const [now, setNow] = useState(() => clock.steady());
  const counting = held.name === 'held';
  useEffect(() => {
    if (!counting) return;
    setNow(clock.steady());
    const ticking = clock.every(milliseconds(200), () => {
      setNow(clock.steady());
      store.send({ type: 'tick', at: clock.steady() });
    });
    return () => ticking[Symbol.dispose]();
  }, [clock, store, counting]);
  const isAskedAgain = tell.fault?.code === 'needs-confirming';
  useEffect(() => {
    if (isAskedAgain) store.send({ type: 'asked-again', at: clock.steady() });
  }, [clock, store, isAskedAgain]);
  useEffect(() => {
    const leave = async () => {
      const known = desk.get();
      store.send({ type: known.name === 'known' && latest.current.isOver(known) ? 'over' : 'left' });
      await telling.current;
    };
    const forget = leaving.before(leave);
    return () => {
      forget();
      // Gone on to another page: the seconds that are left go on there.
      const left = store.get();
      const known = desk.get();
      if (left.name !== 'held' || (known.name === 'known' && latest.current.isOver(known))) return;
      lingering.send({ type: 'taken', about: latest.current.about, said: left.said, until: left.until });
    };
  }, [desk, leaving, lingering, store]);
  return {
    held,
    now,
    lacking,
    busy: tell.busy || lingers,
    give: (verdict) => store.send({ type: 'given', verdict, lacks: doesLack(lacking), at: clock.steady() }),
    confirm: () => store.send({ type: 'confirmed', at: clock.steady() }),
    undo: () => store.send({ type: 'undone' }),
  };
}

/** For an alarm that is closed without the verdict of a look. */
export function useHeldAlarmVerdict(alarm: AlarmView, tell: Action<Said>): Holding {
  return useHeldVerdict({
    about: { page: 'alarm', id: alarm.alarm, client: alarm.client },
    tell,
    lacking: lackingInAlarm(useDesk(), useSelf(), alarm),
    isOver: (known) => known.alarms.get(alarm.alarm)?.state === 'closed',
  });
}
