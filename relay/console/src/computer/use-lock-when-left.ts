/** A shared computer that nobody touches locks by itself; what the relay says of it is remembered here for the next time. */
import { seconds } from '@nattfrid/shared/time/duration';
import { useEffect } from 'react';
import { useAround } from '../around/around.tsx';
import { useLock, useShared } from '../around/asking-shared.ts';
import { useOwnConsole } from '../consoles/own-console.ts';

const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

export function useLockWhenLeft(): void {
  const { clock, shared } = useAround();
  const minutes = useShared();
  const lock = useLock();
  const own = useOwnConsole();
  const [known, told] = [own !== undefined, own?.sharedMinutes];
  useEffect(() => {
    if (known) shared.told(told);
  }, [shared, known, told]);
  useEffect(() => {
    const used = () => shared.used();
    for (const touch of touches) window.addEventListener(touch, used, { passive: true, capture: true });
    return () => {
      for (const touch of touches) window.removeEventListener(touch, used, { capture: true });
    };
  }, [shared]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: locking is the same at each drawing
  useEffect(() => {
    if (minutes === undefined) return;
    const ticking = clock.every(seconds(1), () => {
      if (shared.isLeft) lock.run(undefined);
    });
    return () => ticking[Symbol.dispose]();
  }, [clock, shared, minutes]);
}
