/** Pure. Exact 95 % confidence interval of a Poisson rate (F. Garwood, Biometrika 28, 1936). */

/** @param nights more than 0 @returns events a night */
export function rateInterval(count: number, nights: number): { readonly low: number; readonly high: number } {
  const low = count === 0 ? 0 : solve((mean) => 1 - upTo(count - 1, mean) - 0.025);
  const high = solve((mean) => 0.025 - upTo(count, mean));
  return { low: low / nights, high: high / nights };
}

/** Poisson distribution function: the probability of at most `count` events at this mean. */
function upTo(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= count; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}

/** Bisection: the root of an increasing function between 0 and 500. */
function solve(growing: (mean: number) => number): number {
  let [low, high] = [0, 500];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (growing(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
