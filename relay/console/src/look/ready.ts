/** Makes ready for the look that is likely to be opened next: keys, decoders and a connection; never a picture, and nobody is asked. */
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { useEffect } from 'react';
import { useAround, useDesk, useNow, useSelf } from '../around/around.tsx';
import { call } from '../link/api.ts';
import { camerasToReady } from './soon.ts';

/** A look that is due so soon is got ready for. */
const soon = minutes(5);
/** A connection that is used so often is kept open by both ends. */
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
