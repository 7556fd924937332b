/** Keeps the screen awake while somebody wants it (Screen Wake Lock): a telephone on the dashboard of a car that must not fall asleep. */
export type Awake = 'off' | 'on' | 'refused' | 'not-here';

export interface KeepAwake {
  readonly get: () => Awake;
  readonly subscribe: (call: () => void) => () => void;
  want(wanted: boolean): void;
}

const remembered = 'nattfrid.awake';

export function openAwake(storage: Storage): KeepAwake {
  const here = 'wakeLock' in navigator;
  let wanted = here && storage.getItem(remembered) === 'yes';
  let state: Awake = here ? 'off' : 'not-here';
  let lock: WakeLockSentinel | undefined;
  const listeners = new Set<() => void>();
  const become = (next: Awake) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  async function hold(): Promise<void> {
    if (!here || !wanted || document.visibilityState !== 'visible') return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (!wanted) return void (await lock.release());
      become('on');
    } catch {
      // A battery that runs low, for one.
      become('refused');
    }
  }
  // The browser lets go of it whenever the page is hidden.
  document.addEventListener('visibilitychange', () => void hold());
  void hold();
  return {
    get: () => state,
    subscribe(call) {
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    want(next) {
      wanted = here && next;
      storage.setItem(remembered, wanted ? 'yes' : 'no');
      if (wanted) return void hold();
      void lock?.release();
      if (here) become('off');
    },
  };
}
