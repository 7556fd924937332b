/** «Stopp» and pause in a file of their own, for a page that is there before it. */
import { later } from '../parts/later.tsx';

export const HaltActs = later(async () => (await import('./halt-acts.tsx')).HaltActs);
