/** The shell of a held verdict: moves its clock, and tells the relay when its seconds are over or its person goes on. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Duration } from '@nattfrid/shared/time/duration';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { useEffect, useRef, useState } from 'react';
import { useAround, useDesk, useSelf } from '../around/around.tsx';
import type { Action } from '../around/asking.ts';
import type { Known } from '../state/desk.ts';
import { openStore, useStore } from '../state/store.ts';
import { type HeldVerdict, heldVerdict, type Said } from './held-verdict.ts';
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
  /** The person goes on to something else: what is held is said now. */
  goOn(): void;
}

interface Judged {
  readonly tell: Action<Said>;
  readonly lacking: Lacking;
  /** Somebody has judged it already. */
  readonly isOver: (desk: Known) => boolean;
}

export function useHeldVerdict({ tell, lacking, isOver }: Judged): Holding {
  const { clock, desk, leaving } = useAround();
  const latest = useRef({ tell, isOver });
  latest.current = { tell, isOver };
  const telling = useRef<Promise<void>>(Promise.resolve());
  const [store] = useState(() =>
    openStore(heldVerdict, ({ said }) => {
      telling.current = latest.current.tell.ran(said);
    }),
  );
  const held = useStore(store);
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
      void leave();
    };
  }, [desk, leaving, store]);
  return {
    held,
    now,
    lacking,
    busy: tell.busy,
    give: (verdict) => store.send({ type: 'given', verdict, lacks: doesLack(lacking), at: clock.steady() }),
    confirm: () => store.send({ type: 'confirmed', at: clock.steady() }),
    undo: () => store.send({ type: 'undone' }),
    goOn: () => store.send({ type: 'left' }),
  };
}

/** For an alarm that is closed without the verdict of a look. */
export function useHeldAlarmVerdict(alarm: AlarmView, tell: Action<Said>): Holding {
  return useHeldVerdict({
    tell,
    lacking: lackingInAlarm(useDesk(), useSelf(), alarm),
    isOver: (known) => known.alarms.get(alarm.alarm)?.state === 'closed',
  });
}
