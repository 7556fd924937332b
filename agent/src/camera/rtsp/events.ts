/** Reads a camera's socket on demand, so that packets never pile up in memory (backpressure). */
import type { Socket } from 'node:net';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { mostPauses } from './body.ts';
import type { DataEvent, RtspEvent } from './event.ts';
import { type Heard, rtspReader } from './message.ts';
import type { Tap } from './tap.ts';

export interface Events {
  /** The next event; undefined: the camera has closed the connection, or `until` resolved first. */
  next(until: Promise<void>): Promise<RtspEvent | undefined>;
  /** The camera has closed the connection. */
  readonly ended: boolean;
  /** What the reader has to know of the requests that were sent. */
  tell(heard: Exclude<Heard, Uint8Array>): void;
  /** Puts in a packet that came another way; dropped where too many wait. */
  hand(event: DataEvent): void;
  /** Ends it from our side: `next` gives nothing more, and what still comes is read and dropped until the socket closes. */
  stop(): void;
  /** Puts events back that came before the answer that was waited for. */
  putBack(events: readonly RtspEvent[]): void;
}

/** Quiet after which a body whose length nobody knows may have ended; a camera writes head and body within 40 ms (Nagle). */
const pause = milliseconds(100);
/** Packets that came another way, and their bytes: two seconds of a large stream. */
const mostHanded = { packets: 4096, bytes: 8 * 1024 * 1024 } as const;

export function readEvents(socket: Socket, clock: Clock, tap?: Tap): Events {
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let state = rtspReader.initial;
  let queue: RtspEvent[] = [];
  let at = 0;
  let handed = 0;
  let coming: Promise<void> | undefined;
  let ended = false;
  let stopped = false;
  let wake = () => {};
  const patience = new WeakMap<Promise<void>, { over: boolean }>();

  const hear = (heard: Heard): void => {
    const [next, events] = rtspReader.step(state, heard);
    state = next;
    for (const event of events) {
      if (event.type === 'data') tap?.came(event);
      if (event.type === 'junk') tap?.strayed(event.bytes);
      queue.push(event);
    }
  };
  /** One chunk, asked for at most once at a time. */
  const read = (): Promise<void> => {
    coming ??= readOnce().finally(() => {
      coming = undefined;
      wake();
    });
    return coming;
  };
  const readOnce = async (): Promise<void> => {
    const arrived = new AbortController();
    void pauses(arrived.signal);
    const chunk = await chunks.next().catch(() => ({ done: true }) as const);
    arrived.abort();
    if (chunk.done) {
      for (let count = 0; count < mostPauses && state.waiting; count++) hear('pause');
      ended = true;
    } else if (!stopped) hear(chunk.value);
  };
  const pauses = async (signal: AbortSignal): Promise<void> => {
    while (state.waiting && !signal.aborted) {
      await clock.sleep(pause, signal);
      if (signal.aborted) return;
      hear('pause');
      wake();
    }
  };
  /** Of a promise that many calls wait for: one reaction to it, however many they are. */
  const patienceOf = (until: Promise<void>): { over: boolean } => {
    const known = patience.get(until);
    if (known) return known;
    const fresh = { over: false };
    patience.set(until, fresh);
    void until.then(() => {
      fresh.over = true;
      wake();
    });
    return fresh;
  };
  return {
    get ended() {
      return ended;
    },
    tell: hear,
    stop() {
      if (stopped) return;
      stopped = ended = true;
      queue = [];
      at = 0;
      wake();
      void (async () => {
        while (!socket.destroyed) await read();
      })();
    },
    putBack(events) {
      queue = [...events, ...queue.slice(at)];
      at = 0;
    },
    hand(event) {
      if (stopped || queue.length - at >= mostHanded.packets || handed + event.payload.length > mostHanded.bytes)
        return;
      handed += event.payload.length;
      tap?.came(event);
      queue.push(event);
      wake();
    },
    async next(until) {
      const patient = patienceOf(until);
      while (at >= queue.length) {
        queue = [];
        at = handed = 0;
        if (ended || patient.over) return undefined;
        const woken = new Promise<void>((resolve) => (wake = resolve));
        void read();
        await woken;
      }
      return queue[at++];
    },
  };
}
