/** Prepares for the look that is likely next: keys, decoders and a connection; no unit is asked, and no picture fetched. */
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { useEffect } from 'react';
import { useAround, useDesk, useNow, useSelf } from '../around/around.tsx';
import { call } from '../link/api.ts';
import { camerasToReady } from './soon.ts';

/** A look that is due within this time is prepared for. */
const soon = minutes(5);
/** Browser and relay keep a connection open that is used this often. */
const usedEvery = seconds(45);

export function useReady(): void {
  const { looker, clock } = useAround();
  const cameras = camerasToReady(useDesk(), useSelf(), useNow(), soon);
  useEffect(() => looker.ready(cameras), [looker, cameras]);
  const awake = cameras > 0;
  useEffect(() => {
    if (!awake) return;
    const keeping = clock.every(usedEvery, () => void call('me', {}, {}).catch(() => undefined));
    return () => keeping[Symbol.dispose]();
  }, [clock, awake]);
}
