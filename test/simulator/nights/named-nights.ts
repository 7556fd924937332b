/** Pure. Nights with a name, and nights made of a seed. */
import { chance } from '../scene/noise.ts';
import { Night, type NightEvent } from './script.ts';

const alarms: Night['alarms'] = {
  fall: { persistenceSeconds: 15 },
  leftRoom: { afterMinutes: 15 },
  notInBed: { by: '23:00', until: '06:00' },
  blind: { afterSeconds: 60 },
};
const winter = { begins: '2026-01-12T22:00:00+01:00', first: { is: 'in-bed' }, alarms } as const;

export const namedNights: readonly Night[] = [
  {
    ...winter,
    name: 'short',
    seed: 1,
    minutes: 14,
    alarms: { ...alarms, leftRoom: { afterMinutes: 3 } },
    events: [
      { do: 'sits-on-edge', at: 1, minutes: 0.3 },
      { do: 'headlights', at: 2.2 },
      { do: 'bathroom', at: 2.6, minutes: 1 },
      { do: 'gone-out', at: 5.5, minutes: 3.6 },
      { do: 'falls', at: 10.4 },
    ],
  },
  {
    ...winter,
    name: 'everything',
    seed: 2,
    minutes: 240,
    first: { is: 'sits-up', untilMinute: 64 },
    events: [
      { do: 'lamp', at: 2, minutes: 20 },
      { do: 'cat', at: 70 },
      { do: 'turns-over', at: 75 },
      { do: 'bathroom', at: 84, minutes: 4 },
      { do: 'headlights', at: 92 },
      { do: 'curtain', at: 94, minutes: 3 },
      { do: 'television', at: 98, minutes: 3 },
      { do: 'colour', at: 102, minutes: 3 },
      { do: 'vacuum', at: 106 },
      { do: 'chair', at: 108 },
      { do: 'nurses', at: 110, minutes: 3 },
      { do: 'sits-on-edge', at: 118, minutes: 2 },
      { do: 'blanket-falls', at: 123 },
      { do: 'gone-out', at: 146, minutes: 20 },
      { do: 'camera-covered', at: 170, minutes: 4 },
      { do: 'falls', at: 180 },
      { do: 'slides', at: 195 },
      { do: 'found-lying', at: 215 },
    ],
  },
].map((one) => Night.parse(one));

/** Minutes that an event takes with everything that follows of it, before the next may begin. */
const room: { readonly [Name in NightEvent['do']]: number } = {
  'turns-over': 6,
  bathroom: 3,
  'gone-out': 3,
  'sits-on-edge': 2,
  'blanket-falls': 22,
  nurses: 3,
  cat: 2,
  vacuum: 2,
  chair: 2,
  lamp: 2,
  colour: 2,
  curtain: 2,
  headlights: 2,
  television: 2,
  falls: 8,
  slides: 8,
  'found-lying': 10,
  'camera-covered': 3,
};
const everyday = [
  'turns-over',
  'bathroom',
  'turns-over',
  'sits-on-edge',
  'nurses',
  'cat',
  'lamp',
  'headlights',
  'curtain',
  'television',
  'colour',
  'vacuum',
  'blanket-falls',
  'chair',
] as const;
const real = ['falls', 'slides', 'found-lying', 'gone-out', 'camera-covered'] as const;

/** Eight hours: an everyday event about every half an hour, and one or two real ones. */
export function nightOf(seed: number, hours = 8): Night {
  const random = chance(seed * 7919 + 13);
  const pick = <Item>(some: readonly Item[]): Item => some[Math.floor(random() * some.length)]!;
  const late = random() < 0.2 && hours > 1.5;
  const events: unknown[] = [];
  let at = late ? 76 : 3 + random() * 10;
  const due = Array.from({ length: 1 + Math.floor(random() * 2) }, () => ({
    do: pick(real),
    after: (0.15 + 0.7 * random()) * hours * 60,
  }));
  while (at < hours * 60 - 45) {
    const now = due.findIndex(({ after }) => after <= at);
    const name = now >= 0 ? due.splice(now, 1)[0]!.do : pick(everyday);
    const minutes =
      Math.round(
        10 *
          (name === 'gone-out' ? 17 + 6 * random() : name === 'camera-covered' ? 2 + 3 * random() : 1 + 6 * random()),
      ) / 10;
    const brief = [
      'turns-over',
      'blanket-falls',
      'cat',
      'vacuum',
      'chair',
      'headlights',
      'falls',
      'slides',
      'found-lying',
    ].includes(name);
    events.push({ do: name, at: Math.round(at * 10) / 10, ...(brief ? {} : { minutes }) });
    at += room[name] + (brief ? 0 : minutes) + 4 + random() * 36;
  }
  const first = late ? { is: 'sits-up', untilMinute: 66 } : { is: 'in-bed' };
  return Night.parse({ ...winter, name: `night ${seed}`, seed, minutes: hours * 60, first, events });
}
