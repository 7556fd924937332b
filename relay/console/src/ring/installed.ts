/** The console's service worker in this browser: whether there is one, and whether a new version of the console waits. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';

export type Version = 'known' | 'new';

export interface Installed {
  readonly get: () => Version;
  readonly subscribe: (call: () => void) => () => void;
  /** Undefined where this browser has none: an old one, or a page that did not come over https. */
  readonly registration: Promise<ServiceWorkerRegistration | undefined>;
  /** Called with an alarm that somebody has pressed in a notification. */
  onOpen(call: (alarm: string) => void): () => void;
  /** The page is loaded anew, by the new version. Only when a person asks. */
  loadNew(): void;
}

export function openInstalled(clock: Clock): Installed {
  let version: Version = 'known';
  let asked = false;
  const listeners = new Set<() => void>();
  const openers = new Set<(alarm: string) => void>();
  const container = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;

  const look = (registration: ServiceWorkerRegistration) => {
    // The first one of all takes nobody's place.
    if (!registration.waiting || !container?.controller) return;
    version = 'new';
    for (const listener of listeners) listener();
  };
  const follow = (registration: ServiceWorkerRegistration) => {
    look(registration);
    registration.addEventListener('updatefound', () =>
      registration.installing?.addEventListener('statechange', () => look(registration)),
    );
    clock.every(hours(1), () => void registration.update().catch(() => undefined));
  };
  const registration = container?.register('/service-worker.js', { updateViaCache: 'none' }).then(
    (one) => {
      follow(one);
      return one;
    },
    (error: unknown) => {
      console.warn('the service worker could not be registered', error);
      return undefined;
    },
  );
  container?.addEventListener('controllerchange', () => {
    if (asked) location.reload();
  });
  container?.addEventListener('message', ({ data }: MessageEvent<{ type?: string; alarm?: string }>) => {
    if (data?.type === 'open-alarm' && data.alarm) for (const open of openers) open(data.alarm);
  });
  return {
    get: () => version,
    subscribe(call) {
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    registration: registration ?? Promise.resolve(undefined),
    onOpen(call) {
      openers.add(call);
      return () => void openers.delete(call);
    },
    loadNew() {
      asked = true;
      void registration?.then((one) => {
        if (one?.waiting) one.waiting.postMessage('take-over');
        else location.reload();
      });
    },
  };
}
