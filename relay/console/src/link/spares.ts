/** Picture workers made ready before anybody asks: each with its decoder and a fresh key of its own, and nothing to open with it yet. */
import type { Lacking } from './lacking.ts';
import type { Pictures } from './open.ts';

export interface Spares {
  /** A spare if there is one, else one made now. */
  take(): Promise<Pictures | Lacking>;
  /** So many stand ready from now on; those that are too many end, key and all. */
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
