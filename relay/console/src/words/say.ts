/** Pure. How words are asked for: by a key that exists; one with a plural by its stem and a count. */
import type { WordKey } from './sv.ts';

type Stem<Key> = Key extends `${infer Begin}_one` ? Begin : never;
export type SayKey = Exclude<WordKey, `${string}_one` | `${string}_other`> | Stem<WordKey>;
export type Say = (key: SayKey, put?: Readonly<Record<string, string | number>>) => string;
