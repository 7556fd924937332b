/** Whether what a page shows was refused because it is not sure enough who asks. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { isUnsure } from './surely.ts';

/** Asked for by the frame of each page; only its own page waits for it. */
const ofTheirPage: Readonly<Record<string, string>> = { connections: '/connections' };

/** @param path of the page @returns why it was refused */
export function useUnsurePage(path: string): Fault | undefined {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback((call: () => void) => cache.subscribe(call), [cache]);
  const read = (): Fault | undefined =>
    cache
      .findAll({ type: 'active' })
      .filter(({ queryKey: [name] }) => (ofTheirPage[String(name)] ?? path) === path)
      .map(({ state }) => state.error)
      .find(isUnsure);
  return useSyncExternalStore(subscribe, read);
}
