/** All that the console says in Swedish: what its keys are, and what tests compare with. The console itself fetches them in two parts. */
import { hold } from './held.ts';
import { sv as first } from './sv.ts';
import { svLater } from './sv-later.ts';

export const sv = { ...first, ...svLater };
export type WordKey = keyof typeof sv;
hold(svLater);
