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
      const { target, key } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      if (target instanceof HTMLSelectElement) return;
      // What has the focus is pressed by these, and nothing beside it.
      if ((key === ' ' || key === 'Enter') && target instanceof Element && target.closest('a, button, summary')) return;
      if (press(key.toLowerCase())) event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}
