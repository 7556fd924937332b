/** Pure. A month in words. */
import { startOfDay } from '@nattfrid/shared/domain/window';
import type { Language } from './language.ts';

/** «november 2026». @param month «2026-11» */
export const monthName = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'sv' ? 'sv-SE' : 'en-GB', {
    timeZone: 'Europe/Stockholm',
    month: 'long',
    year: 'numeric',
  }).format(startOfDay(`${month}-01`));
