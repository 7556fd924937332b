/** Pure. Swedish personal and co-ordination numbers: «19350412-2387» (Skatteverket, SKV 704 and 707). */
import { z } from 'zod';

/** Twelve digits with a hyphen before the last four; the day of a co-ordination number is 60 more. */
export const PersonalNumber = z
  .string()
  .trim()
  .transform((given) => given.replace(/[\s+-]/g, ''))
  .refine((digits) => /^\d{12}$/.test(digits), 'twelve digits: the whole year, such as 19350412-2387')
  .refine(isDay, 'a day that there is: year, month, day')
  .refine(hasCheckDigit, 'a number whose last digit fits the others: one of them is mistyped')
  .transform((digits) => `${digits.slice(0, 8)}-${digits.slice(8)}`);
export type PersonalNumber = z.infer<typeof PersonalNumber>;

function isDay(digits: string): boolean {
  const [year, month, told] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(Number);
  const day = told! > 60 ? told! - 60 : told!;
  const date = new Date(Date.UTC(year!, month! - 1, day));
  return year! >= 1850 && date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
}

/** Luhn's sum over the last ten digits (ISO/IEC 7812-1, annex B). */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits.slice(2)].reduce((total, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}
