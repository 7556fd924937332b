/** Pure. Where somebody works: how large the screen is, whether it is touched, and how far the relay is. */

import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Distance } from '@nattfrid/stand-ins/way';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

export const places = {
  desk: { words: 'a screen of 1440 × 900, a keyboard', browser: { viewport: { width: 1440, height: 900 } } },
  phone: { words: 'a phone of 390 × 844, by thumb', browser: phone },
  'bad-network': {
    words: 'the same phone, 300 ms each way, 128 kB a second, every connection cut once',
    browser: phone,
    distance: { delay: milliseconds(300), bytesPerSecond: 128_000 },
  },
} as const satisfies Readonly<Record<string, { words: string; browser: object; distance?: Distance }>>;

export type Place = keyof typeof places;
