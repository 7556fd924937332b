/** Pure. The table of manners: one line of data for each way in which a camera is known to behave. A new bug report is one more line. */
import type { Manner } from '../manner.ts';
import { descriptions } from './descriptions.ts';
import { encryption } from './encryption.ts';
import { logins } from './logins.ts';
import { packets } from './packets.ts';
import { pictures } from './pictures.ts';
import { talks } from './talks.ts';
import { times } from './times.ts';

export const manners: readonly Manner[] = [
  ...pictures,
  ...times,
  ...packets,
  ...descriptions,
  ...talks,
  ...logins,
  ...encryption,
];

/** Address of the report; undefined: the manner is derived, of no public one. */
export const reportUrl = ({ report }: Manner): string | undefined =>
  report === 'derived' ? undefined : `https://github.com/${report}`;
