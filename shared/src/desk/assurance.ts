/** Pure. How sure it is who has signed in (tillitsnivå), and which actions an organisation may ask a level for. Beside `permissions.ts`. */
import { z } from 'zod';
import type { Action } from './permissions.ts';

/** 1: a password alone. 2: a password and something that one has. 3: an e-ID of level 3 (DIGG's «tillitsnivå 3»), or higher. */
export const Assurance = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type Assurance = z.infer<typeof Assurance>;

/** For these the organisation whose home it is says which level is needed. */
export const needingAssurance: readonly Action[] = ['look'];

/**
 * Of what a provider says in `acr`: «http://id.elegnamnden.se/loa/1.0/loa3», «.../loa3-nonresident», eIDAS «substantial» and «high».
 * What is not known is a password's.
 */
export function assuranceOf(acr: string | undefined): Assurance {
  const level = /(?:^|\/)loa([1-4])(?:-nonresident)?$/.exec(acr ?? '')?.[1];
  if (level !== undefined) return level === '1' ? 1 : level === '2' ? 2 : 3;
  const eidas = /^http:\/\/eidas\.europa\.eu\/LoA\/(low|substantial|high)$/.exec(acr ?? '')?.[1];
  return eidas === 'substantial' || eidas === 'high' ? 3 : 1;
}
