/** The live stream: one WebSocket, opened again with a back-off, which tells when it is up and when it breaks. */
import { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { sockets } from '@nattfrid/shared/wire/sockets';

/** Quicker than a unit's, because a person waits; still spread out, so that not all consoles come back at once. */
const liveLadder: Ladder = [
  { wait: milliseconds(400), times: 2 },
  { wait: seconds(1), times: 5 },
  { wait: seconds(2), times: 10 },
  { wait: seconds(5), times: Number.POSITIVE_INFINITY },
];
/** The relay beats every 5 s: a socket that is silent for this long is dead, even if the browser has not noticed. */
const longestSilence = seconds(12);

interface LiveProps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly hear: (event: LiveEvent) => void;
  readonly up: () => void;
  /** Called after each failed or broken connection. */
  readonly down: () => void;
  /** Called with what is wrong with a message that this console does not understand, and leaves out. */
  readonly odd: (cause: unknown) => void;
}

/** Runs until aborted. */
export async function keepLive(props: LiveProps, signal: AbortSignal): Promise<void> {
  let waits = backoff(liveLadder, props.random);
  while (!signal.aborted) {
    const heardAnything = await once(props, signal);
    if (signal.aborted) return;
    props.down();
    if (heardAnything) waits = backoff(liveLadder, props.random);
    await props.clock.sleep(waits.next().value, nudged(signal));
  }
}

/** One connection, until it ends. @returns whether anything was heard on it */
function once({ clock, hear, up, odd }: LiveProps, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(socketAddress(`${sockets.live}?units=brief`));
    let heardAt: Instant | undefined;
    const begunAt = clock.now();
    const watchdog = clock.every(seconds(1), () => {
      if (clock.now() - (heardAt ?? begunAt) > longestSilence) end();
    });
    const end = () => {
      watchdog[Symbol.dispose]();
      signal.removeEventListener('abort', end);
      socket.onmessage = socket.onclose = socket.onopen = null;
      socket.close();
      resolve(heardAt !== undefined);
    };
    signal.addEventListener('abort', end);
    socket.onopen = up;
    socket.onclose = end;
    socket.onmessage = (message) => {
      heardAt = clock.now();
      try {
        hear(LiveEvent.parse(JSON.parse(String(message.data))));
      } catch (cause) {
        odd(cause);
      }
    };
  });
}

/** Waits, but no longer than until the network or the person is back. */
function nudged(signal: AbortSignal): AbortSignal {
  const nudge = new AbortController();
  const go = () => nudge.abort();
  window.addEventListener('online', go, { once: true, signal: nudge.signal });
  document.addEventListener('visibilitychange', go, { once: true, signal: nudge.signal });
  return AbortSignal.any([signal, nudge.signal]);
}

/** ws: or wss:, on the host that served this page. */
export const socketAddress = (path: string): string =>
  `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}${path}`;
