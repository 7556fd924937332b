/** So many at once: the others wait for their turn, and whoever is known goes before whoever is not. */

export interface Turns {
  /** @returns what `deed` returns; undefined: too many strangers wait already, and it was not begun */
  take<Out>(known: boolean, deed: () => Promise<Out>): Promise<Out | undefined>;
}

/** @param atOnce how many @param mostWaiting of those who are not known */
export function openTurns(atOnce: number, mostWaiting: number): Turns {
  const waiting = { known: [] as (() => void)[], stranger: [] as (() => void)[] };
  let busy = 0;
  return {
    async take(known, deed) {
      if (busy >= atOnce) {
        if (!known && waiting.stranger.length >= mostWaiting) return undefined;
        // Its turn is handed on to it: `busy` stays as it is.
        await new Promise<void>((resolve) => waiting[known ? 'known' : 'stranger'].push(resolve));
      } else busy++;
      try {
        return await deed();
      } finally {
        const next = waiting.known.shift() ?? waiting.stranger.shift();
        if (next) next();
        else busy--;
      }
    },
  };
}
