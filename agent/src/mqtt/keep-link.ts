/** Keeps the link to the relay alive for ever, with waits of its own: a fleet must not come back as one herd. */
import { keep } from '@nattfrid/shared/lifetime/keep';
import type { Logger } from '@nattfrid/shared/log/logger';
import { backoff, linkLadder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Link, runLink } from './link.ts';

/** Resolves when aborted; never rejects. */
export const keepLink = (link: Link, random: () => number, log: Logger, signal: AbortSignal): Promise<void> =>
  keepReaching((until) => runLink(link, until), { clock: link.clock, random, log }, signal);

/** One connection to the relay after another, until aborted; never rejects. @param connect one of them, from its beginning to its end */
export function keepReaching(
  connect: (signal: AbortSignal) => Promise<void>,
  { clock, random, log }: { readonly clock: Clock; readonly random: () => number; readonly log: Logger },
  signal: AbortSignal,
): Promise<void> {
  return keep(
    connect,
    {
      clock,
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
