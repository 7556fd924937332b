/**
 * Pure. What a unit has sent while its viewer is still connecting: sealed, in memory, for a second at most. The two come over
 * different links at nearly the same time; a keyframe that came too early would be lost, and sending another costs the link.
 */
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

export interface Held {
  readonly since: Instant;
  readonly bytes: number;
  readonly packets: readonly Uint8Array<ArrayBuffer>[];
}

/** After this a picture is too old to be shown as live. */
const longest = milliseconds(1000);
/** In bytes: more than a second of the largest pictures. */
const most = 128 * 1024;

export const nothingHeld = (now: Instant): Held => ({ since: now, bytes: 0, packets: [] });

/** @returns undefined where it is too old or too much: all of it is thrown away, since no picture can be decoded without the ones before it */
export function hold(held: Held, packet: Uint8Array<ArrayBuffer>, now: Instant): Held | undefined {
  const bytes = held.bytes + packet.length;
  if (bytes > most || !isFresh(held, now)) return undefined;
  return { since: held.since, bytes, packets: [...held.packets, packet] };
}

export const isFresh = (held: Held, now: Instant): boolean => now < after(held.since, longest);
