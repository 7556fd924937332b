/** Requests about shared computers: which they are, and locking this one. */
import { seconds } from '@nattfrid/shared/time/duration';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { call, isSignedOut } from '../link/api.ts';
import { unsubscribe } from '../ring/push-browser.ts';
import { useAround } from './around.tsx';
import { forgetOthers, useAction, useAnswered } from './asking.ts';
import { ownDevice } from './asking-push.ts';
import { nowIs } from './known-me.ts';

/** Minutes without use, until this computer locks; undefined: one person uses it. */
export function useShared(): number | undefined {
  const { shared } = useAround();
  return useSyncExternalStore(shared.subscribe, shared.get);
}

/** Locks this computer: here at once, whatever becomes of the relay, which is told until it has heard. */
export function useLock() {
  const queries = useQueryClient();
  const { leaving, shared } = useAround();
  return useAction(async (_: undefined) => {
    shared.locking(true);
    // While the session still stands for what is said.
    await leaving.leave();
    nowIs(queries, (me) => me && { ...me, locked: true as const });
    forgetOthers(queries);
    await call('lockConsole', {}, {});
    shared.locking(false);
  });
}

/** Said again while the relay could not be told. */
export function useLockAgain() {
  const { shared } = useAround();
  return useAction(async (_: undefined) => {
    await call('lockConsole', {}, {}).catch((error: unknown) => {
      if (!isSignedOut(error)) throw error;
    });
    shared.locking(false);
  });
}

export function useShareConsole(console: string) {
  const answered = useAnswered();
  const told = ({ consoles }: Awaited<ReturnType<typeof call<'shareConsole'>>>) => {
    for (const one of consoles) answered({ type: 'console', console: one });
  };
  return {
    share: useAction((lockMinutes: number) => call('shareConsole', {}, { console, lockMinutes }), told),
    unshare: useAction((_: undefined) => call('unshareConsole', {}, { console }), told),
  };
}

/** For a browser to forget a push subscription. */
const patience = seconds(2);

/** Of whoever leaves a shared computer nothing is left in it: no draft, and no push that rings for them. */
export function useForgetPerson(): () => Promise<void> {
  const { shared, installed, clock } = useAround();
  return async () => {
    if (shared.get() === undefined) return;
    const device = ownDevice();
    if (device) await call('turnOffPush', { device }, {}).catch(() => undefined);
    // A browser that never answers must not keep anybody signed in.
    await Promise.race([installed.registration.then(unsubscribe).catch(() => undefined), clock.sleep(patience)]);
    shared.forgetPerson();
  };
}
