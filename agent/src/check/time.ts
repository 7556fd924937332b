/** Pure. Whether the unit's clock is known to be right, and by how much it differs from the relay's. */
import type { Check } from '@nattfrid/shared/domain/check';
import { type Duration, minutes, seconds } from '@nattfrid/shared/time/duration';

/** By so much two clocks may differ without a word; the relay says it from here on as well. */
const told: Duration = seconds(30);
/** From here on agreed times are kept wrongly. */
const wrong: Duration = minutes(2);

/** @param isSet the clock shows no time before this software was made @param ahead of the relay's; undefined: it has not been heard */
export function timeCheck(isSet: boolean, ahead: Duration | undefined): Check {
  const figures = ahead === undefined ? {} : { figures: { aheadSeconds: Math.round(ahead / 1000) } };
  if (!isSet) return { name: 'time', state: 'fault', code: 'not-set', ...figures };
  if (ahead === undefined) return { name: 'time', state: 'unknown', code: 'set' };
  if (Math.abs(ahead) < told) return { name: 'time', state: 'well', code: 'set', ...figures };
  return { name: 'time', state: Math.abs(ahead) < wrong ? 'advice' : 'fault', code: 'off', ...figures };
}
