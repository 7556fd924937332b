/** Pure. The only door to the list of words: 32 secret bytes as 24 English words with a check (BIP 39), to be printed and typed in again. */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

/** @param seed 32 bytes */
export const wordsOf = (seed: Uint8Array): readonly string[] => entropyToMnemonic(seed, wordlist).split(' ');

/** @param typed in any case, with any blanks and the numbers of a list between them @returns undefined where a word is mistyped or missing */
export function seedOf(typed: string): Uint8Array | undefined {
  const words = typed.toLowerCase().match(/[a-z]+/g) ?? [];
  if (words.length !== 24) return undefined;
  try {
    return mnemonicToEntropy(words.join(' '), wordlist);
  } catch {
    return undefined;
  }
}
