/** Pure. Times, lengths and amounts in words: wall-clock time in Europe/Stockholm, lengths in at most two units. */
import type { Duration } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Language } from './language.ts';
import type { Say } from './say.ts';

const zone = 'Europe/Stockholm';
const locales = { sv: 'sv-SE', en: 'en-GB' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locales[language], { timeZone: zone, ...options });
  formats.set(key, found);
  return found;
}

export const readTime = (iso: string): Instant => instant(Date.parse(iso));

/** «03:15». */
export const clockTime = (at: Instant, language: Language): string =>
  format(language, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** «03:15:07». */
export const clockTimeWithSeconds = (at: Instant, language: Language): string =>
  format(language, 'seconds', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at);

/** «22 nov. 2026». */
export const day = (at: Instant, language: Language): string =>
  format(language, 'day', { day: 'numeric', month: 'short', year: 'numeric' }).format(at);

/** «sön 22». */
export const weekday = (at: Instant, language: Language): string =>
  format(language, 'weekday', { weekday: 'short', day: 'numeric' }).format(at);

/** «2026-11-22 03:15», in every language: in order as it stands, and read by a spreadsheet. */
export const stamp = (at: string): string =>
  format('sv', 'stamp', { dateStyle: 'short', timeStyle: 'short' }).format(readTime(at));

/** «03:15» within 20 hours of now, else with the day: «22 nov. 03:15». */
export function whenever(at: Instant, now: Instant, language: Language, say: Say): string {
  const time = clockTime(at, language);
  if (Math.abs(now - at) < 20 * 3_600_000) return time;
  const short = format(language, 'short', { day: 'numeric', month: 'short' }).format(at);
  return say('time.atOnDay', { day: short, time });
}

/** «12 s», «4 min 10 s», «1 h 5 min», «3 dygn». Never negative. */
export function length(duration: Duration | number, say: Say): string {
  const seconds = Math.max(0, Math.floor(duration / 1000));
  if (seconds < 60) return say('time.seconds', { count: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10 && seconds % 60 > 0) return say('time.minutesSeconds', { minutes, seconds: seconds % 60 });
  if (minutes < 60) return say('time.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return say('time.hoursMinutes', { hours, minutes: minutes % 60 });
  return say('time.days', { count: Math.floor(hours / 24) });
}

/** «0,8» in Swedish; at most `digits` decimals. */
export const number = (value: number, language: Language, digits = 1): string =>
  value.toLocaleString(locales[language], { maximumFractionDigits: digits });

/** «4 min 10 s sedan»; «nyss» in the first seconds. */
export const ago = (at: Instant, now: Instant, say: Say): string =>
  now - at < 3000 ? say('time.now') : say('time.ago', { length: length(now - at, say) });

/** «om 12 min». */
export const ahead = (at: Instant, now: Instant, say: Say): string =>
  at - now < 1000 ? say('time.inMoments') : say('time.in', { length: length(at - now, say) });

/** «350 kB», «1,2 MB»: in the thousands in which data is sold. */
export const amount = (bytes: number, language: Language, say: Say): string =>
  bytes < 1_000_000
    ? say('amount.kilobytes', { count: number(bytes / 1000, language, 0) })
    : say('amount.megabytes', { count: number(bytes / 1_000_000, language) });
