/** Pure. The persons of an observation as they are traced: posture with its reason, certainty, box. */
import { limits, readPosture } from '@nattfrid/agent/situation/posture';
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { rounded } from './rounded.ts';

export const describe = ({ persons, picture }: Observed, room: Room) =>
  persons.map((person) => ({
    track: person.track,
    ...readPosture(person, room, picture.aspect, limits),
    certainty: rounded(person.certainty, 2),
    unseenFor: rounded(person.unseenFor / 1000, 1),
    box: [person.box.x, person.box.y, person.box.width, person.box.height].map((one) => rounded(one, 3)),
  }));
