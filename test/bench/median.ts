/** Pure. The middle of some figures; of an even number of them the upper one; 0 where there are none. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
