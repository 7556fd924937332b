/** This browser's side of Web Push: what it lets, and a subscription with the relay's key. */
import type { Subscription } from '@nattfrid/shared/desk/push-routes';
import { Fault } from '@nattfrid/shared/fault/fault';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';

/** `install-first`: an iPhone rings only for what stands on its home screen. */
export type PushLets = 'yes' | 'not-here' | 'install-first' | 'denied';

export function pushLets(): PushLets {
  const apple = /iPhone|iPad/.test(navigator.userAgent);
  const installed = matchMedia('(display-mode: standalone)').matches;
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return apple && !installed ? 'install-first' : 'not-here';
  return Notification.permission === 'denied' ? 'denied' : 'yes';
}

/** @param key the relay's, base64url @throws Fault where the browser or the person says no */
export async function subscribe(
  registration: ServiceWorkerRegistration | undefined,
  key: string,
): Promise<Subscription> {
  if (!registration) throw new Fault('not-allowed', 'This browser has no service worker for this page.');
  if ((await Notification.requestPermission()) !== 'granted')
    throw new Fault('not-allowed', 'This browser may show no notifications.');
  await navigator.serviceWorker.ready;
  const before = await registration.pushManager.getSubscription();
  const beforeKey = before?.options.applicationServerKey;
  if (before && beforeKey && toBase64Url(new Uint8Array(beforeKey)) === key) return words(before);
  // Of another relay, or from before it made its key anew.
  await before?.unsubscribe();
  const made = await registration.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64Url(key) })
    .catch((cause: unknown) => {
      throw new Fault('link-lost', "This browser's push service cannot be reached.", { cause });
    });
  return words(made);
}

/** The browser forgets it as well. */
export async function unsubscribe(registration: ServiceWorkerRegistration | undefined): Promise<void> {
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

function words(subscription: PushSubscription): Subscription {
  const [p256dh, auth] = (['p256dh', 'auth'] as const).map((name) => subscription.getKey(name));
  if (!p256dh || !auth) throw new Fault('not-allowed', 'This browser cannot take sealed messages.');
  const coded = (bytes: ArrayBuffer) => toBase64Url(new Uint8Array(bytes));
  return { endpoint: subscription.endpoint, keys: { p256dh: coded(p256dh), auth: coded(auth) } };
}
