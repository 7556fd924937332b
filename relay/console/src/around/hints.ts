/** Which first-use hints have been read in this browser: by role and page, so that whoever comes with another role is told as well. */
import { openStore, type Store } from '../state/store.ts';

export type HintPage = 'round' | 'alarm' | 'car';

export interface Hints {
  readonly store: Store<ReadonlySet<string>, { readonly name: string; readonly read: boolean }>;
  nameOf(role: string, page: HintPage): string;
}

const remembered = 'nattfrid.hints-read';

export function openHints(storage: Storage): Hints {
  const kept = new Set((storage.getItem(remembered) ?? '').split(' ').filter(Boolean));
  const store = openStore<ReadonlySet<string>, { readonly name: string; readonly read: boolean }, ReadonlySet<string>>(
    {
      initial: kept,
      step(before, { name, read }) {
        const next = new Set(before);
        if (read) next.add(name);
        else next.delete(name);
        return [next, [next]];
      },
    },
    (next) => {
      if (next.size > 0) storage.setItem(remembered, [...next].join(' '));
      else storage.removeItem(remembered);
    },
  );
  return { store, nameOf: (role, page) => `${role}.${page}` };
}
