/** Pure. The home in which a night is played: the known one, or one drawn anew from the night's seed. */
import { drawnHome } from '../homes/drawn-home.ts';
import type { Home } from '../homes/home.ts';
import { knownHome, outfits } from '../homes/known-home.ts';
import type { Night } from './script.ts';

export interface HomeName {
  readonly home: Night['home'];
  readonly seed: number;
}

const homes = new Map<string, Home>();

export function homeOf({ home, seed }: HomeName): Home {
  const name = `${home} ${seed}`;
  const known = homes.get(name) ?? (home === 'known' ? knownHome(seed) : drawnHome(seed));
  homes.set(name, known);
  return known;
}

/** Name of the folder of its drawn sprites: nights in the known room share them where the client's clothes are the same. */
export const drawingOf = ({ home, seed }: HomeName): string =>
  home === 'known' ? `known-${seed % outfits}` : `drawn-${seed}`;
