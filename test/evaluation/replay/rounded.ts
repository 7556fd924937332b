/** Pure. Figures with a fixed number of decimals. */
export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
