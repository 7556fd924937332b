/** Pure. How sure a count in some nights is: the exact 95 % interval of a Poisson rate (F. Garwood, Biometrika 28, 1936). */

/** @param nights more than 0. @returns least and most of a night. */
export function rateInterval(count: number, nights: number): { readonly low: number; readonly high: number } {
  const low = count === 0 ? 0 : solve((mean) => 1 - upTo(count - 1, mean) - 0.025);
  const high = solve((mean) => 0.025 - upTo(count, mean));
  return { low: low / nights, high: high / nights };
}

/** Chance of at most `count` at this mean. */
function upTo(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= count; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}

/** Where a growing function crosses 0. */
function solve(growing: (mean: number) => number): number {
  let [low, high] = [0, 500];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (growing(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
