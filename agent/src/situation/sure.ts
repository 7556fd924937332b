/** Pure. Who counts as a person, and as seen now (thresholds on confidence and on the age of a track's last detection). */
import type { Person } from '@nattfrid/shared/domain/observation';
import { seconds } from '@nattfrid/shared/time/duration';

const sureFrom = 0.5;
/** Just under it: for what may be a thing, whatever the models say of it. */
export const doubtful = 0.49;

/** The models look at several people in turns: whoever was seen so recently is still seen. */
export const seenNow = seconds(1);

export const isSure = (person: Person): boolean => person.certainty >= sureFrom;

export const isSeenNow = (person: Person): boolean => person.unseenFor < seenNow;
