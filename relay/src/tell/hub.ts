/** Live events to whoever listens; listeners must not wait. */
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';

export interface Hub {
  tell(event: LiveEvent): void;
  listen(listener: (event: LiveEvent) => void): Disposable;
  readonly listeners: number;
}

export function openHub(): Hub {
  const listeners = new Set<(event: LiveEvent) => void>();
  return {
    tell(event) {
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    get listeners() {
      return listeners.size;
    },
  };
}
