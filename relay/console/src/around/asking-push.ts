/** Requests about Web Push: which devices ring, turning this one on and off, trying it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../link/api.ts';
import { pushLets, subscribe, unsubscribe } from '../ring/push-browser.ts';
import type { Language } from '../words/language.ts';
import { useAround, useMay, useSelf } from './around.tsx';
import { useAction } from './asking.ts';

const pushKey = ['push'];
/** Which device of the relay's list this browser is. */
const remembered = 'nattfrid.push-device';

export const ownDevice = (): string | null => localStorage.getItem(remembered);

export function useMyPush() {
  const may = useMay('have-push');
  return useQuery({ queryKey: pushKey, enabled: may, queryFn: ({ signal }) => call('myPush', {}, {}, { signal }) });
}

function useFresh(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: pushKey });
}

export function useTurnOnPush(language: Language) {
  const { installed } = useAround();
  return useAction(async ({ label, key }: { readonly label: string; readonly key: string }) => {
    const subscription = await subscribe(await installed.registration, key);
    const turnedOn = await call('turnOnPush', {}, { subscription, label, language });
    localStorage.setItem(remembered, turnedOn.device);
    return turnedOn;
  }, useFresh());
}

export function useTurnOffPush(device: string) {
  const { installed } = useAround();
  return useAction(async () => {
    await call('turnOffPush', { device }, {});
    if (ownDevice() !== device) return;
    localStorage.removeItem(remembered);
    await unsubscribe(await installed.registration);
  }, useFresh());
}

export const useTryPush = (device: string, then: (taken: boolean) => void) =>
  useAction(
    () => call('tryPush', { device }, {}),
    ({ taken }) => then(taken),
  );

export const useSeenForgotten = () =>
  useAction(async (devices: readonly string[]) => {
    for (const device of devices) await call('seenForgotten', { device }, {});
  }, useFresh());

/** A device that was turned on in an earlier session of the same person is rung in this one too. */
export function useRingAgain(language: Language): void {
  const { id } = useSelf();
  const push = useMyPush().data;
  const turnOn = useTurnOnPush(language);
  const known = push?.devices.find(({ device }) => device === ownDevice());
  const { shared } = useAround();
  // What rings on a shared computer may name a home on a screen that is locked.
  const mine = known !== undefined && !known.own && shared.get() === undefined;
  const again = mine && pushLets() === 'yes' && Notification.permission === 'granted';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each person and device
  useEffect(() => {
    if (again && push && known) turnOn.run({ label: known.label, key: push.key });
  }, [again, id, known?.device]);
}
