/**
 * What nodes say to one another, for the moment only: nothing is kept. What must not be lost is in the database or in a unit's outbox,
 * and whoever was away asks anew for all of it.
 */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Duration } from '@nattfrid/shared/time/duration';

export interface Heard {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Present where an answer is waited for; only the first counts. */
  readonly answer?: (bytes: Uint8Array) => void;
}

export interface Bus extends AsyncDisposable {
  /** Whether what is said now goes out. What is said meanwhile is lost at once, and never kept for later. */
  readonly isUp: boolean;
  /** @param subject of `subjectOf` @param bytes at most `longestOnBus` @returns whether it went out: whether anybody has heard it is not known */
  publish(subject: string, bytes: Uint8Array): boolean;
  /** @returns a Fault `link-lost` where nobody has answered within this time, or nobody listens, or the bus is down */
  request(subject: string, bytes: Uint8Array, within: Duration): Promise<Uint8Array<ArrayBuffer> | Fault>;
  /** What one node says on one subject comes in its order. `call` must not throw. */
  subscribe(subject: string, call: (heard: Heard) => void): Disposable;
  /** Told at each change. After it has been down, things have been said that were not heard. */
  onChange(call: (isUp: boolean) => void): Disposable;
}

/** In bytes; NATS carries 1 MiB unless it is told otherwise. */
export const longestOnBus = 1024 * 1024 - 4096;

export const noAnswer = (why: string, cause?: unknown): Fault =>
  new Fault('link-lost', `Another node was asked, and ${why}.`, cause === undefined ? {} : { cause });
