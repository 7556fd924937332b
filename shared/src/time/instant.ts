/** Pure. An instant: milliseconds since 1970-01-01T00:00Z, branded so that it is never mixed up with a duration. */
import { type Duration, milliseconds } from './duration.ts';

declare const brand: unique symbol;
export type Instant = number & { readonly [brand]: true };

export const instant = (epochMilliseconds: number): Instant => epochMilliseconds as Instant;
export const after = (start: Instant, length: Duration): Instant => instant(start + length);
export const between = (from: Instant, to: Instant): Duration => milliseconds(to - from);

/** ISO 8601 in UTC, the form on the wire. */
export const printInstant = (at: Instant): string => new Date(at).toISOString();

/** @param text ISO 8601, already checked by a schema. */
export const parseInstant = (text: string): Instant => instant(Date.parse(text));
