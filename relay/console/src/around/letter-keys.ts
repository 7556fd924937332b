/** Whether single keys do something (A, I, H, S, space, Enter, Esc): not everybody wants them, and dictation would press them (WCAG 2.1.4). */
export interface LetterKeys {
  readonly get: () => boolean;
  readonly subscribe: (call: () => void) => () => void;
  want(wanted: boolean): void;
}

const remembered = 'nattfrid.letter-keys';

export function openLetterKeys(storage: Storage): LetterKeys {
  let wanted = storage.getItem(remembered) !== 'no';
  const listeners = new Set<() => void>();
  return {
    get: () => wanted,
    subscribe(call) {
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    want(next) {
      wanted = next;
      if (next) storage.removeItem(remembered);
      else storage.setItem(remembered, 'no');
      for (const listener of listeners) listener();
    },
  };
}
