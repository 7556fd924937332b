/** Pure. Text and numbers that a camera says of itself, bounded and fit for a terminal. */
import { z } from 'zod';

/** Longer is no name. */
const longest = 120;

/** Without what steers a terminal. */
export const printable = (text: string): string => text.replace(/\p{C}+/gu, ' ').trim();

/** The library turns text that looks like a number, a date or a truth into one. */
export const Text = z
  .union([z.string().max(4096), z.number(), z.boolean(), z.date()])
  .transform((value) => printable(value instanceof Date ? value.toISOString() : String(value)).slice(0, longest));

export const Count = z.coerce.number().min(0).max(1_000_000);
