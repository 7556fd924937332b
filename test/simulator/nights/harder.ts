/**
 * Pure. What was seen of a night, made worse in one way at a time: a rule that holds only as far as joints, boxes and movements come out
 * as they do in the few homes that were played breaks under it, and says so in seconds.
 */
import type { BedSight, Observation, Observed, Person } from '@nattfrid/shared/domain/observation';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { chance } from '../scene/noise.ts';

export interface Hardship {
  readonly name: string;
  /** @param seed of the night, so that the same night is made worse in the same way */
  worsen(seen: readonly Observation[], seed: number): readonly Observation[];
}

const eachLook =
  (change: (one: Observed) => Observed): Hardship['worsen'] =>
  (seen) =>
    seen.map((one) => (one.type === 'observed' ? change(one) : one));
const eachPerson = (change: (one: Person) => Person): Hardship['worsen'] =>
  eachLook((one) => ({ ...one, persons: one.persons.map(change) }));
const eachBed = (change: (one: BedSight) => BedSight): Hardship['worsen'] =>
  eachLook((one) => (one.beds ? { ...one, beds: one.beds.map(change) } : one));

export const hardships: readonly Hardship[] = [
  { name: 'nobody has joints', worsen: eachPerson(({ joints, ...one }) => one) },
  {
    name: 'everybody is less sure',
    worsen: eachPerson((one) => ({ ...one, certainty: 0.7 * one.certainty })),
  },
  {
    name: 'who lies is not sure',
    worsen: eachPerson((one) =>
      one.box.width > 0.7 * one.box.height ? { ...one, certainty: Math.min(one.certainty, 0.45) } : one,
    ),
  },
  { name: 'beds move half as much', worsen: eachBed((one) => ({ ...one, moving: 0.5 * one.moving })) },
  { name: 'beds move a third', worsen: eachBed((one) => ({ ...one, moving: one.moving / 3 })) },
  {
    name: 'all moves twice as much',
    worsen: eachLook(({ picture, beds, ...one }) => ({
      ...one,
      picture: { ...picture, ...(picture.moving !== undefined && { moving: Math.min(1, 2 * picture.moving) }) },
      ...(beds && { beds: beds.map((bed) => ({ ...bed, moving: Math.min(1, 1.5 * bed.moving) })) }),
    })),
  },
  { name: 'beds never differ', worsen: eachBed((one) => ({ ...one, changed: 0 })) },
  { name: 'beds always differ', worsen: eachBed((one) => ({ ...one, changed: Math.min(1, one.changed + 0.25) })) },
  { name: 'boxes jump about', worsen: (seen, seed) => jumping(seen, seed) },
  { name: 'nobody is seen for seconds on end', worsen: (seen, seed) => unseen(seen, seed) },
];

/** By a tenth of their own size either way, in each look anew. */
function jumping(seen: readonly Observation[], seed: number): readonly Observation[] {
  const random = chance(seed);
  const off = () => 0.2 * (random() - 0.5);
  return eachPerson((one) => {
    const { x, y, width, height } = one.box;
    const [right, down, wider, higher] = [off(), off(), off(), off()];
    const box = {
      x: x + right * width,
      y: y + down * height,
      width: width * (1 + wider),
      height: height * (1 + higher),
    };
    return { ...one, box };
  })(seen, seed);
}

/** Five to fifteen seconds, after which they are seen for five to twenty-five. */
function unseen(seen: readonly Observation[], seed: number): readonly Observation[] {
  const random = chance(seed);
  let [from, until] = [0, 0];
  const long: Duration = milliseconds(5000);
  return eachLook((one) => {
    if (one.at > from) {
      until = one.at + 5000 + 10_000 * random();
      from = until + 5000 + 20_000 * random();
    }
    if (one.at >= until) return one;
    return {
      ...one,
      persons: one.persons.map((person) => ({
        ...person,
        unseenFor: person.unseenFor > long ? person.unseenFor : long,
      })),
    };
  })(seen, seed);
}
