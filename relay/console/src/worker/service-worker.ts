/**
 * The console's service worker: shows what is pushed, opens the alarm at a press, and keeps the console's own built files for a
 * network that fails. Nothing that the API has answered, no picture and no name is ever kept: what is not one of its own files it does
 * not touch.
 */
import type { PushMessage } from '@nattfrid/shared/desk/push-view';
import { pushWords } from './push-words.ts';

/** What we use of a service worker's world (Service Workers, W3C): the page's types leave no room for it. */
interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}
interface Installing extends Waiting {
  addRoutes?(routes: readonly object[]): Promise<void>;
}
interface Page {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(word: unknown): void;
}
const worker = self as unknown as {
  readonly registration: ServiceWorkerRegistration;
  readonly location: Location;
  readonly clients: {
    matchAll(options: object): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install', call: (event: Installing) => void): void;
  addEventListener(type: 'activate', call: (event: Waiting) => void): void;
  addEventListener(type: 'message', call: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'fetch',
    call: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  addEventListener(type: 'push', call: (event: Waiting & { readonly data: { json(): unknown } | null }) => void): void;
  addEventListener(
    type: 'notificationclick',
    call: (event: Waiting & { readonly notification: Notification }) => void,
  ): void;
};

/** Put in where the console is built. */
const version = '__VERSION__';
const files: readonly string[] = '__OWN_FILES__'.split(' ');
const cacheName = `nattfrid-files-${version}`;
const page = '/index.html';
/** In a URL pattern. */
const anything = '*';

worker.addEventListener('install', (event) => {
  // Where the browser knows how: what is for the relay does not even pass through here, so that a verdict that is sent while its page
  // closes does not wait for a worker to wake up (Service Workers, static routing).
  const routed = event.addRoutes?.([
    { condition: { urlPattern: { pathname: `/api/${anything}` } }, source: 'network' },
  ]);
  event.waitUntil(Promise.all([routed?.catch(() => undefined), keepFiles()]));
});
worker.addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
worker.addEventListener('message', ({ data }) => {
  // Only when a person has pressed «load again»: never in the middle of a look.
  if (data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && !/^\/(api|assets)\//.test(url.pathname)) event.respondWith(freshPage(request));
  else if (files.includes(url.pathname)) event.respondWith(ownFile(request));
});

worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.json() as PushMessage | undefined)));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { alarm?: string } | null)?.alarm));
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(files.map((path) => new Request(path, { cache: 'reload' })));
  const answer = await fetch(page, { cache: 'no-store' });
  if (answer.ok) await cache.put(page, answer);
}

async function forgetOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
  await worker.clients.claim();
}

/** The page as the relay has it now; the kept one only where it cannot be had. */
async function freshPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(page, { cacheName });
    if (kept) return kept;
    throw error;
  }
}

async function ownFile(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName, ignoreVary: true })) ?? fetch(request);
}

async function show(message: PushMessage | undefined): Promise<void> {
  const { title, text } = pushWords(message ?? { type: 'alarm', language: 'sv' });
  const options: NotificationOptions & { renotify: boolean; vibrate: number[] } = {
    body: text,
    lang: message?.language ?? 'sv',
    // A later one of the same alarm takes the place of the earlier, and rings again.
    tag: message?.alarm ?? 'trial',
    renotify: true,
    requireInteraction: message?.type !== 'trial',
    vibrate: [400, 200, 400, 200, 800],
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: message?.alarm ? { alarm: message.alarm } : {},
  };
  await worker.registration.showNotification(title, options);
}

/** A console that is open goes there by itself; else one is opened. */
async function open(alarm: string | undefined): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const path = alarm ? `/alarm/${encodeURIComponent(alarm)}` : '/';
  const first = pages[0];
  if (!first) return void (await worker.clients.openWindow(path));
  if (alarm) first.postMessage({ type: 'open-alarm', alarm });
  // A browser may refuse to bring it to the front.
  await first.focus().catch(() => undefined);
}
