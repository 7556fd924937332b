/** Keeps the link to the relay alive for ever, with waits of its own: a fleet must not come back as one herd. */
import { keep } from '@nattfrid/shared/lifetime/keep';
import type { Logger } from '@nattfrid/shared/log/logger';
import { backoff, linkLadder } from '@nattfrid/shared/time/backoff';
import { type Link, runLink } from './link.ts';

/** Resolves when aborted; never rejects. */
export function keepLink(link: Link, random: () => number, log: Logger, signal: AbortSignal): Promise<void> {
  return keep(
    (until) => runLink(link, until),
    {
      clock: link.clock,
      waits: () => backoff(linkLadder, random),
      ended: (fault, wait) =>
        log.warn('The relay is tried again', {
          words: fault?.message,
          code: fault?.code,
          waitMilliseconds: Math.round(wait),
        }),
    },
    signal,
  );
}
