/** Pure. Whether a person is certain and seen in this picture: a coasting track, or a coat, says nothing of the room. */
import type { Person } from '@nattfrid/shared/domain/observation';

export const isSurelyHere = (person: Person): boolean => person.certainty >= 0.5 && person.unseenFor === 0;
