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

const briefly: ReadonlySet<NightEvent['do']> = new Set([
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
]);

/** In a home drawn from the seed: an everyday event about every half hour, the sleeper stirring between them, and one or two emergencies. */
export function randomNight(seed: number, hours = 8): Night {
  const random = chance(seed * 7919 + 13);
  const pick = <Item>(some: readonly Item[]): Item => some[Math.floor(random() * some.length)]!;
  const late = random() < 0.2 && hours > 1.5;
  // A unit watches all day, and mostly sees who goes to bed; where it has just been started, it does not.
  const sees = random() < 0.8;
  const events: unknown[] = [];
  let at = late ? 76 : 5 + random() * 10;
  const due = Array.from({ length: 1 + Math.floor(random() * 2) }, () => ({
    do: pick(emergencies),
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
    const brief = briefly.has(name);
    events.push({ do: name, at: tenth(at), ...(brief ? {} : { minutes }) });
    const over = at + minutesTaken[name] + (brief ? 0 : minutes) + 2;
    at = over + 2 + 36 * random();
    for (let stirs = over + 12 * random(); stirs < at - 1.5; stirs += 5 + 20 * random())
      events.push({ do: 'stirs', at: tenth(stirs) });
  }
  const first = late
    ? { is: 'sits-up', untilMinute: 66 }
    : sees
      ? { is: 'goes-to-bed', atMinute: 1.5 }
      : { is: 'in-bed' };
  return Night.parse({ ...winter, name: `night ${seed}`, seed, home: 'drawn', minutes: hours * 60, first, events });
}

const inBrief = [
  'bathroom',
  'picks-up',
  'ties-shoe',
  'sits-on-edge',
  'nurses',
  'cat',
  'vacuum',
  'insects',
  'web',
  'curtain',
  'television',
  'lamp',
  'colour',
] as const;

/** A quarter of an hour in the home of the seed: six everyday events and an emergency close to each other, for whoever changes the rules. */
export function briefNight(seed: number): Night {
  const random = chance(seed * 6553 + 29);
  const due: NightEvent['do'][] = [...inBrief]
    .map((name) => ({ name, by: random() }))
    .sort((a, b) => a.by - b.by)
    .slice(0, 6)
    .map(({ name }) => name);
  due.splice(
    2 + Math.floor(4 * random()),
    0,
    (['falls', 'slides', 'found-lying', 'gone-out'] as const)[Math.floor(4 * random())]!,
  );
  const events: unknown[] = [];
  const sees = random() < 0.8;
  let at = (sees ? 2.6 : 0.6) + random();
  for (const name of due) {
    const minutes = name === 'gone-out' ? 4.5 : tenth(0.4 + 0.5 * random());
    events.push({ do: name, at: tenth(at), ...(briefly.has(name) ? {} : { minutes }) });
    at += (briefTakes[name] ?? 0.3) + (briefly.has(name) ? 0 : minutes) + 0.2 + random() * 0.4;
  }
  const minutes = Math.ceil(at + 0.5);
  const agreed = { ...winter.alarms, leftRoom: { afterMinutes: 3 } };
  const first = sees ? { is: 'goes-to-bed', atMinute: 0.5 } : winter.first;
  return Night.parse({
    ...winter,
    name: `brief night ${seed}`,
    seed,
    home: 'drawn',
    minutes,
    first,
    alarms: agreed,
    events,
  });
}

/** Minutes that an event takes beside those that it lasts, at the slowest pace. */
const briefTakes: { readonly [Name in NightEvent['do']]?: number } = {
  bathroom: 1.9,
  'gone-out': 1.9,
  'picks-up': 1.8,
  'ties-shoe': 1,
  'sits-on-edge': 0.5,
  nurses: 0.8,
  cat: 0.4,
  vacuum: 0.6,
  falls: 5,
  slides: 4,
  'found-lying': 5.5,
};

const tenth = (minutes: number): number => Math.round(minutes * 10) / 10;
