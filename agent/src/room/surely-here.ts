/** Pure. Who is seen now and is surely somebody: what has been guessed since, or may be a coat, tells nothing of a room. */
import type { Person } from '@nattfrid/shared/domain/observation';

export const isSurelyHere = (person: Person): boolean => person.certainty >= 0.5 && person.unseenFor === 0;
