/** Wrong attempts make the next ones wait longer; nobody is ever shut out by what others do wrong. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface SlowDown {
  /** One more under these names, wrong until it is taken back. */
  count(names: readonly string[], now: Instant): void;
  /** It was right. */
  takeBack(names: readonly string[], now: Instant): void;
  /** How long whoever goes by these names waits now: 0 to 5 s, by the worst of them. */
  wait(names: readonly string[], now: Instant): Duration;
  /** How many wrong ones are remembered under these names together. */
  wrong(names: readonly string[], now: Instant): number;
}

/** So many mistakes are anybody's. */
const free = 5;
const first = 250;
const longest = 5000;
/** After so long one wrong attempt is forgotten. */
const forgets = minutes(1);
/** Of attempts that are remembered: after a long attack a person waits for minutes, not for days, to be free of it. */
const most = 30;
/** The longest unused is forgotten when there are more. */
const mostNames = 10_000;
/** An address is whatever a proxy says it is. */
const longestName = 300;

/** Lets the time go by; none at all where nobody has to wait. */
export const holdUp = (clock: Pick<Clock, 'sleep'>, length: Duration): Promise<void> =>
  length > 0 ? clock.sleep(length) : Promise.resolve();

/** One more under this name that is wrong, which waits before it hears so. */
export async function waitAfterWrong(clock: Pick<Clock, 'now' | 'sleep'>, slow: SlowDown, name: string): Promise<void> {
  slow.count([name], clock.now());
  await holdUp(clock, slow.wait([name], clock.now()));
}

interface Wrong {
  readonly many: number;
  readonly at: Instant;
}

export function openSlowDown(): SlowDown {
  const names = new Map<string, Wrong>();
  const short = (name: string) => name.slice(0, longestName);
  const wrongOf = (name: string, now: Instant): number => {
    const wrong = names.get(short(name));
    return wrong ? Math.max(0, wrong.many - Math.max(0, now - wrong.at) / forgets) : 0;
  };
  const set = (name: string, many: number, at: Instant) => {
    names.delete(short(name));
    if (many > 0) names.set(short(name), { many: Math.min(most, many), at });
    if (names.size > mostNames) names.delete(names.keys().next().value!);
  };
  return {
    count(given, now) {
      for (const name of given) set(name, wrongOf(name, now) + 1, now);
    },
    takeBack(given, now) {
      for (const name of given) set(name, wrongOf(name, now) - 1, now);
    },
    wrong: (given, now) => Math.ceil(given.reduce((sum, name) => sum + wrongOf(name, now), 0)),
    wait(given, now) {
      const worst = Math.ceil(Math.max(0, ...given.map((name) => wrongOf(name, now))));
      return milliseconds(worst <= free ? 0 : Math.min(longest, first * 2 ** (worst - free - 1)));
    },
  };
}
