/** What a computer and its network have to be able to do before it is relied on at night: tried here and now, before anybody has signed in. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { sockets } from '@nattfrid/shared/wire/sockets';

export const checks = [
  'browser',
  'secure',
  'sealing',
  'storage',
  'decoding',
  'socket',
  'latency',
  'clock',
  'sign-in',
  'notices',
] as const;
export type Check = (typeof checks)[number];
/** `weak`: it works, but not as well as it could. */
export type Outcome = 'pass' | 'weak' | 'fail';

/** Milliseconds that an answer of the relay may take before pictures come late; and that a clock may be off. */
const [slow, off] = [400, 60_000];
/** After it nothing comes any more. */
const patience = seconds(5);

const outcome = (holds: boolean, otherwise: Outcome = 'fail'): Outcome => (holds ? 'pass' : otherwise);

const tries: Readonly<Record<Check, (clock: Clock) => Promise<Outcome>>> = {
  /** What the console takes for granted, and browsers have had since 2023. */
  browser: async () =>
    outcome('toSorted' in Array.prototype && 'ResizeObserver' in window && CSS.supports('gap', '1px')),
  secure: async () => outcome(window.isSecureContext),
  async sealing() {
    const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
    return outcome((await crypto.subtle.sign('Ed25519', pair.privateKey, new Uint8Array(8))).byteLength === 64);
  },
  storage: () =>
    new Promise((resolve) => {
      const request = indexedDB.open('nattfrid-try', 1);
      request.onerror = () => resolve('fail');
      request.onsuccess = () => {
        request.result.close();
        indexedDB.deleteDatabase('nattfrid-try');
        resolve('pass');
      };
    }),
  async decoding() {
    const config = { codec: 'avc1.42E01E', codedWidth: 640, codedHeight: 480 };
    if (typeof VideoDecoder === 'function' && (await VideoDecoder.isConfigSupported(config)).supported) return 'pass';
    return typeof WebAssembly === 'object' ? 'weak' : 'fail';
  },
  /** The units' way in opens to anybody as far as a first word: what counts is that the proxies in between let a WebSocket through. */
  socket: () =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${sockets.mqtt}`, 'mqtt');
      socket.onerror = () => resolve('fail');
      socket.onopen = () => {
        socket.close();
        resolve('pass');
      };
    }),
  async latency(clock) {
    const started = clock.steady();
    await fetch('/healthz', { cache: 'no-store' });
    return outcome(clock.steady() - started < slow, 'weak');
  },
  async clock(clock) {
    const told = (await fetch('/healthz', { cache: 'no-store' })).headers.get('date');
    return told ? outcome(Math.abs(clock.now() - Date.parse(told)) < off, 'weak') : 'weak';
  },
  /** The relay's own answer to whoever is not signed in comes through, cookies are kept, and a passkey could be used. */
  async 'sign-in'() {
    const answer = await fetch('/api/me', { cache: 'no-store' });
    if (!navigator.cookieEnabled || !answer.headers.get('content-type')?.includes('json')) return 'fail';
    return outcome('PublicKeyCredential' in window, 'weak');
  },
  async notices() {
    const may = 'Notification' in window && 'serviceWorker' in navigator && Notification.permission !== 'denied';
    return outcome(may, 'weak');
  },
};

/** One that throws, or does not end, has failed. */
export async function tryComputer(clock: Clock, told: (check: Check, outcome: Outcome) => void): Promise<void> {
  for (const check of checks) {
    const over = clock.sleep(patience).then((): Outcome => 'fail');
    told(check, await Promise.race([tries[check](clock).catch((): Outcome => 'fail'), over]));
  }
}
