/** Keeps the list of the car for where there is no link, while its person is on shift in one; a shared computer keeps none. */
import { useEffect } from 'react';
import { useAround, useDeskState, useSelf } from '../around/around.tsx';
import { useShared } from '../around/asking-shared.ts';
import { carListOf, keptAnew } from '../deeds/car-list.ts';

export function useKeptCar(): void {
  const { deeds, clock } = useAround();
  const state = useDeskState();
  const self = useSelf();
  const shared = useShared() !== undefined;
  const known = state.name === 'known' && state.link.name === 'up' ? state : undefined;
  const stretch = known && Math.floor(known.heardAt / keptAnew);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the desk only what the list is made of
  useEffect(() => {
    if (!known) return;
    void deeds.read.then(() => deeds.keepList(shared ? undefined : carListOf(known, self, deeds.waysIn, clock.now())));
  }, [deeds, clock, shared, self.id, self.role, known?.visits, known?.night, stretch]);
}
