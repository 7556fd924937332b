/** The live stream: one WebSocket, kept alive with its own back-off; says when it breaks, and never that all is well by itself. */
import { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { sockets } from '@nattfrid/shared/wire/sockets';

/** A person is waiting: quicker than a unit's, still never a herd. */
const liveLadder: Ladder = [
  { wait: milliseconds(400), times: 2 },
  { wait: seconds(1), times: 5 },
  { wait: seconds(2), times: 10 },
  { wait: seconds(5), times: Number.POSITIVE_INFINITY },
];
/** Beats come every 5 s: a socket that has been silent for so long is dead, whatever the browser says. */
const longestSilence = seconds(12);

interface LiveProps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly hear: (event: LiveEvent) => void;
  readonly up: () => void;
  /** Called after each failed or broken connection. */
  readonly down: () => void;
  /** The relay told something that this console does not understand; it has been left out. */
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
    const socket = new WebSocket(socketAddress(sockets.live));
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

/** Ends the wait early when the network or the person comes back. */
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
