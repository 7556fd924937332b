/**
 * What this process has handed out and knows again: signed, for one purpose, about somebody, good for some minutes and once. Nothing is
 * kept of those that never come back, so that whoever asks for many of them takes nobody's away.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

export type Purpose = 'sign-in' | 'codes' | 'passkey-made' | 'passkey-shown' | 'passkey-shown-again';

export interface Tickets {
  /** @param about whom or what it is for; it can be read by whoever has the ticket @returns base64url */
  make(purpose: Purpose, about: string): string;
  /** @returns what it is about, once and never again; undefined: not of this process, for something else, too old, or used */
  take(purpose: Purpose, ticket: string): string | undefined;
  /** As `take`, and it stays good: for what may be tried more than once. */
  read(purpose: Purpose, ticket: string): string | undefined;
}

const lasts = minutes(5);
/** Used ones are remembered until they are too old anyway; of more than these the oldest are forgotten. */
const mostUsed = 100_000;
const [chanceLength, timeLength, proofLength] = [16, 8, 32];

export function openTickets(clock: Pick<Clock, 'now'>): Tickets {
  // Of this life of the process: after a restart nothing of what was handed out before is good.
  const key = randomBytes(32);
  const used = new Map<string, Instant>();
  const prove = (purpose: Purpose, words: Buffer) =>
    createHmac('sha256', key).update(`${purpose}\n`).update(words).digest();

  function read(purpose: Purpose, ticket: string): { readonly about: string; readonly until: Instant } | undefined {
    const bytes = Buffer.from(ticket, 'base64url');
    if (bytes.length < chanceLength + timeLength + proofLength) return undefined;
    const words = bytes.subarray(0, -proofLength);
    if (!timingSafeEqual(prove(purpose, words), bytes.subarray(-proofLength))) return undefined;
    const until = Number(words.readBigInt64BE(chanceLength)) as Instant;
    if (clock.now() >= until || used.has(words.toString('base64url'))) return undefined;
    return { about: words.toString('utf8', chanceLength + timeLength), until };
  }

  return {
    make(purpose, about) {
      const until = Buffer.alloc(timeLength);
      until.writeBigInt64BE(BigInt(Math.round(after(clock.now(), lasts))));
      const words = Buffer.concat([randomBytes(chanceLength), until, Buffer.from(about)]);
      return Buffer.concat([words, prove(purpose, words)]).toString('base64url');
    },
    read: (purpose, ticket) => read(purpose, ticket)?.about,
    take(purpose, ticket) {
      const found = read(purpose, ticket);
      if (!found) return undefined;
      for (const [one, until] of used) if (until <= clock.now() || used.size >= mostUsed) used.delete(one);
      const bytes = Buffer.from(ticket, 'base64url');
      used.set(bytes.subarray(0, -proofLength).toString('base64url'), found.until);
      return found.about;
    },
  };
}
