/** Pure. What a generator of chance gives: a number in a range, one of some, yes or no. */
export interface Chosen {
  between(least: number, most: number): number;
  oneOf<Item>(some: readonly Item[]): Item;
  yes(share: number): boolean;
}

/** @param random uniform numbers 0..1 */
export const chosenBy = (random: () => number): Chosen => ({
  between: (least, most) => least + (most - least) * random(),
  oneOf: (some) => some[Math.floor(random() * some.length)]!,
  yes: (share) => random() < share,
});
