/** A bus within one process, for several nodes in it: bytes are copied and come a moment later, as over a network. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Bus, type Heard, longestOnBus, noAnswer } from './bus.ts';

export interface Wire {
  /** Another node on it. */
  open(): Bus;
  /** All of them are cut off from each other, until `join`. */
  cut(): void;
  join(): void;
}

interface Ear {
  readonly subject: string;
  readonly call: (heard: Heard) => void;
}

export function openWire(clock: Clock): Wire {
  const ears = new Set<Ear>();
  const watchers = new Set<(isUp: boolean) => void>();
  let isUp = true;

  /** @returns whether anybody listens */
  function say(subject: string, bytes: Uint8Array, answer?: (bytes: Uint8Array) => void): boolean {
    const listeners = [...ears].filter((ear) => ear.subject === subject);
    const copy = new Uint8Array(bytes);
    for (const ear of listeners)
      queueMicrotask(() => {
        if (isUp && ears.has(ear)) ear.call({ bytes: new Uint8Array(copy), ...(answer && { answer }) });
      });
    return listeners.length > 0;
  }
  const change = (to: boolean) => {
    if (isUp === to) return;
    isUp = to;
    for (const watcher of watchers) watcher(to);
  };

  return {
    cut: () => change(false),
    join: () => change(true),
    open() {
      const mine = new Set<Ear>();
      const over = new AbortController();
      const canSay = (bytes: Uint8Array) => isUp && !over.signal.aborted && bytes.length <= longestOnBus;
      return {
        get isUp() {
          return isUp && !over.signal.aborted;
        },
        publish(subject, bytes) {
          if (!canSay(bytes)) return false;
          say(subject, bytes);
          return true;
        },
        async request(subject, bytes, within) {
          if (!canSay(bytes)) return noAnswer('the bus is down');
          const answered = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
          const isHeard = say(subject, bytes, (words) =>
            queueMicrotask(() => isUp && answered.resolve(new Uint8Array(words))),
          );
          if (!isHeard) return noAnswer('nobody listens');
          const late = new AbortController();
          const tooLate = clock
            .sleep(within, AbortSignal.any([late.signal, over.signal]))
            .then(() => noAnswer('nobody has answered in time'));
          const lost = Promise.withResolvers<Fault>();
          const isLost = () => lost.resolve(noAnswer('the bus has gone down'));
          watchers.add(isLost);
          const first = await Promise.race([answered.promise, tooLate, lost.promise]);
          watchers.delete(isLost);
          late.abort();
          return first;
        },
        subscribe(subject, call) {
          const ear = { subject, call };
          ears.add(ear);
          mine.add(ear);
          return { [Symbol.dispose]: () => void (ears.delete(ear) && mine.delete(ear)) };
        },
        onChange(call) {
          watchers.add(call);
          return { [Symbol.dispose]: () => void watchers.delete(call) };
        },
        async [Symbol.asyncDispose]() {
          over.abort();
          for (const ear of mine) ears.delete(ear);
        },
      };
    },
  };
}
