/** Pure. The emulated links that are measured, and the outage on two of them. */
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { LinkProfile } from './link-emulator.ts';

export interface LinkCase {
  readonly name: string;
  readonly mode: 'silhouette' | 'clear';
  readonly link: LinkProfile;
  /** Second at which an outage begins. */
  readonly outageAt?: number;
}

const good: LinkProfile = {
  kbits: 5000,
  kbitsBack: 20_000,
  delay: milliseconds(25),
  jitter: milliseconds(2),
  loss: 0.001,
};
const poor: LinkProfile = {
  kbits: 600,
  kbitsBack: 2000,
  delay: milliseconds(60),
  jitter: milliseconds(20),
  loss: 0.02,
};
const narrow: LinkProfile = { kbits: 250, kbitsBack: 1000, delay: milliseconds(30), jitter: milliseconds(3), loss: 0 };
export const linkCases: readonly LinkCase[] = [
  { name: 'good 4G, clear', mode: 'clear', link: good },
  { name: 'poor 4G, silhouette', mode: 'silhouette', link: poor },
  { name: 'poor 4G, clear', mode: 'clear', link: poor },
  { name: '250 kbit/s, clear', mode: 'clear', link: narrow },
  { name: '100 kbit/s, clear', mode: 'clear', link: { ...narrow, kbits: 100 } },
  { name: 'good 4G, 3 s outage', mode: 'silhouette', link: good, outageAt: 8 },
  { name: 'poor 4G, 3 s outage', mode: 'silhouette', link: poor, outageAt: 8 },
];
export const outageLasts = seconds(3);
