/** Pure. A duration in milliseconds, branded so that it is never a bare number. */
declare const brand: unique symbol;
export type Duration = number & { readonly [brand]: true };

/** @param count may be fractional or negative. */
export const milliseconds = (count: number): Duration => count as Duration;
export const seconds = (count: number): Duration => milliseconds(count * 1000);
export const minutes = (count: number): Duration => seconds(count * 60);
export const hours = (count: number): Duration => minutes(count * 60);
/** Of 24 hours. */
export const days = (count: number): Duration => hours(count * 24);

/** «1 h 5 min», «3.2 s», «40 ms»: the two largest units, for people. */
export function printDuration(length: Duration): string {
  const ms = Math.abs(length);
  const sign = length < 0 ? '-' : '';
  if (ms < 1000) return `${sign}${Math.round(ms)} ms`;
  if (ms < 60_000) return `${sign}${Number((ms / 1000).toFixed(1))} s`;
  const all = Math.round(ms / 1000);
  const [h, m, s] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  if (h > 0) return `${sign}${h} h ${m} min`;
  return s === 0 ? `${sign}${m} min` : `${sign}${m} min ${s} s`;
}
