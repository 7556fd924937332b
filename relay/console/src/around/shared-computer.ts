/**
 * Whether several people use this computer, as the relay has said last, and when somebody has touched it last: for all windows of this
 * browser together. Nothing here says who.
 */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, minutes } from '@nattfrid/shared/time/duration';

export interface SharedComputer {
  /** Minutes without use, until it locks; undefined: one person uses it. */
  readonly get: () => number | undefined;
  readonly subscribe: (call: () => void) => () => void;
  /** @param lockMinutes as the relay says it of this browser's own console */
  told(lockMinutes: number | undefined): void;
  /** Somebody has touched it. */
  used(): void;
  /** Somebody has just signed in. */
  arrived(): void;
  /** Nobody has touched it for so long that it locks, or it was to be locked and the relay could not be told. */
  readonly isLeft: boolean;
  /** The relay could not be told yet that it is locked. */
  readonly isPending: boolean;
  /** It is to be locked, whatever becomes of this page. @param pending until the relay has been told */
  locking(pending: boolean): void;
  /** What this browser remembers of whoever was here is gone: what they wrote in a form last, and that it rings for them. */
  forgetPerson(): void;
}

const [shelf, touched, pending] = ['nattfrid.shared', 'nattfrid.used', 'nattfrid.locking'];
/** Of one person: `client/remembered.ts`, `around/asking-push.ts`, `ring/awake.ts`. */
const personal = ['nattfrid.client-form', 'nattfrid.push-device', 'nattfrid.awake'];
/** How often a touch is written down. */
const every: Duration = milliseconds(2000);

export function openSharedComputer(clock: Clock, storage: Storage): SharedComputer {
  const listeners = new Set<() => void>();
  const read = (): number | undefined => {
    const kept = Number(storage.getItem(shelf) ?? 0);
    return kept > 0 ? kept : undefined;
  };
  let lockMinutes = read();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  // Another window was told of it.
  window.addEventListener('storage', ({ key }) => {
    if (key !== shelf) return;
    lockMinutes = read();
    tell();
  });
  return {
    get: () => lockMinutes,
    subscribe(call) {
      listeners.add(call);
      return () => void listeners.delete(call);
    },
    told(next) {
      if (next === lockMinutes) return;
      lockMinutes = next;
      if (next === undefined) storage.removeItem(shelf);
      else storage.setItem(shelf, String(next));
      storage.setItem(touched, String(clock.now()));
      tell();
    },
    used() {
      if (lockMinutes !== undefined && clock.now() - Number(storage.getItem(touched) ?? 0) >= every)
        storage.setItem(touched, String(clock.now()));
    },
    arrived() {
      storage.removeItem(pending);
      if (lockMinutes !== undefined) storage.setItem(touched, String(clock.now()));
    },
    get isLeft() {
      if (lockMinutes === undefined) return false;
      if (storage.getItem(pending) !== null) return true;
      return clock.now() - Number(storage.getItem(touched) ?? clock.now()) >= minutes(lockMinutes);
    },
    get isPending() {
      return storage.getItem(pending) !== null;
    },
    locking(now) {
      if (now) storage.setItem(pending, 'yes');
      else storage.removeItem(pending);
    },
    forgetPerson() {
      for (const name of personal) storage.removeItem(name);
      sessionStorage.clear();
    },
  };
}
