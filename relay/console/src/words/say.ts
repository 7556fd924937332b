/** Pure. Looks up words by a key, checked by the compiler; words with a plural by their stem and a count. */
import type { WordKey } from './sv-all.ts';

type Stem<Key> = Key extends `${infer Begin}_one` ? Begin : never;
export type SayKey = Exclude<WordKey, `${string}_one` | `${string}_other`> | Stem<WordKey>;
export type Say = (key: SayKey, put?: Readonly<Record<string, string | number>>) => string;
