/** Picture workers that stand ready before a look is opened, each with its decoder and a fresh key. */
import type { Lacking } from './lacking.ts';
import type { Pictures } from './open.ts';

export interface Spares {
  /** Takes a spare, or prepares a worker where there is none. */
  take(): Promise<Pictures | Lacking>;
  /** Keeps this many ready from now on; surplus workers end, and their keys with them. */
  keep(many: number): void;
}

export function openSpares(prepare: () => Promise<Pictures | Lacking>): Spares {
  const ready: Promise<Pictures | Lacking>[] = [];
  const discard = async (spare: Promise<Pictures | Lacking>) => {
    const pictures = await spare;
    if (typeof pictures !== 'string') pictures.end();
  };
  return {
    take: () => ready.shift() ?? prepare(),
    keep(many) {
      while (ready.length < many) ready.push(prepare());
      for (const spare of ready.splice(many)) void discard(spare);
    },
  };
}
