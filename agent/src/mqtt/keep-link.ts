/** Keeps the link to the relay alive for ever, with waits of its own: a fleet must not come back as one herd. */
import { keep } from '@nattfrid/shared/lifetime/keep';
import type { Logger } from '@nattfrid/shared/log/logger';
import { backoff, linkLadder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Link, runLink } from './link.ts';

/** Resolves when aborted; never rejects. @param lost told each time before it is tried again: the next attempt may go elsewhere */
export const keepLink = (
  link: Link,
  random: () => number,
  log: Logger,
  signal: AbortSignal,
  lost: () => void = () => {},
): Promise<void> => keepReaching((until) => runLink(link, until), { clock: link.clock, random, log, lost }, signal);

/** One connection to the relay after another, until aborted; never rejects. @param connect one of them, from its beginning to its end */
export function keepReaching(
  connect: (signal: AbortSignal) => Promise<void>,
  {
    clock,
    random,
    log,
    lost,
  }: { readonly clock: Clock; readonly random: () => number; readonly log: Logger; readonly lost?: () => void },
  signal: AbortSignal,
): Promise<void> {
  return keep(
    connect,
    {
      clock,
      waits: () => backoff(linkLadder, random),
      ended(fault, wait) {
        lost?.();
        log.warn('The relay is tried again', {
          words: fault?.message,
          code: fault?.code,
          waitMilliseconds: Math.round(wait),
        });
      },
    },
    signal,
  );
}
