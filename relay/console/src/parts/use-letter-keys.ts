/** Single keys that press something on the page: never while something is written, and not where they have been turned off. */
import { useLayoutEffect, useSyncExternalStore } from 'react';
import { useAround } from '../around/around.tsx';

/** Whether they have been left on; what shows a key shows it only then. */
export function useHasLetterKeys(): boolean {
  const { letterKeys } = useAround();
  return useSyncExternalStore(letterKeys.subscribe, letterKeys.get);
}

/** @param press told the key, in small letters; says whether it was one of its own. undefined: none is */
export function useLetterKeys(press: ((key: string) => boolean) | undefined): void {
  const on = useHasLetterKeys();
  // Before it is painted: what shows a key can be pressed.
  useLayoutEffect(() => {
    if (!on || !press) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      if (press(event.key.toLowerCase())) event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}
