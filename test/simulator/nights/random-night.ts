/** Pure. Nights with random scripts; the same seed gives the same night. */
import { chance } from '../scene/noise.ts';
import { Night, type NightEvent } from './script.ts';
import { winter } from './winter-night.ts';

/** Minutes that an event and what follows from it take before the next may begin. */
const minutesTaken: { readonly [Name in NightEvent['do']]: number } = {
  'turns-over': 6,
  stirs: 1,
  'ties-shoe': 2,
  'picks-up': 3,
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
  insects: 2,
  web: 2,
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
  'ties-shoe',
  'picks-up',
  'insects',
  'web',
  'picks-up',
  'bathroom',
] as const;
const emergencies = ['falls', 'slides', 'found-lying', 'gone-out', 'camera-covered'] as const;

/** In a home drawn from the seed: an everyday event about every half hour, the sleeper stirring between them, and one or two emergencies. @param brisk with minutes and not half hours of quiet between the events */
export function randomNight(seed: number, hours = 8, brisk = false): Night {
  const random = chance(seed * 7919 + 13);
  const pick = <Item>(some: readonly Item[]): Item => some[Math.floor(random() * some.length)]!;
  const late = random() < 0.2 && hours > 1.5;
  const events: unknown[] = [];
  let at = late ? 76 : 3 + random() * 10;
  const due = Array.from({ length: 1 + Math.floor(random() * 2) }, () => ({
    do: pick(emergencies),
    after: (0.15 + 0.7 * random()) * hours * 60,
  }));
  while (at < hours * 60 - (brisk ? 14 : 45)) {
    const now = due.findIndex(({ after }) => after <= at);
    const name = now >= 0 ? due.splice(now, 1)[0]!.do : pick(everyday);
    const minutes =
      Math.round(
        10 *
          (name === 'gone-out' ? 17 + 6 * random() : name === 'camera-covered' ? 2 + 3 * random() : 1 + (brisk ? 2 : 6) * random()),
      ) / 10;
    const brief = [
      'turns-over',
      'ties-shoe',
      'picks-up',
      'blanket-falls',
      'cat',
      'vacuum',
      'chair',
      'headlights',
      'falls',
      'slides',
      'found-lying',
    ].includes(name);
    events.push({ do: name, at: tenth(at), ...(brief ? {} : { minutes }) });
    const over = at + minutesTaken[name] + (brief ? 0 : minutes) + 2;
    at = over + (brisk ? 0.5 + 2.5 * random() : 2 + 36 * random());
    for (let stirs = over + 12 * random(); stirs < at - 1.5; stirs += 5 + 20 * random())
      events.push({ do: 'stirs', at: tenth(stirs) });
  }
  const first = late ? { is: 'sits-up', untilMinute: 66 } : { is: 'in-bed' };
  return Night.parse({ ...winter, name: `${brisk ? 'brisk night' : 'night'} ${seed}`, seed, home: 'drawn', minutes: hours * 60, first, events });
}

const tenth = (minutes: number): number => Math.round(minutes * 10) / 10;
