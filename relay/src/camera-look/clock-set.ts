/** Pure. The wall clock was set: waits go on as long as they would have, and agreed times stay what the clock on the wall says. */
import type { Duration } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import type { KnownLook, LookFacts, Opened, Shown } from '../record/look.ts';

export function clockSet(look: KnownLook, by: Duration): KnownLook {
  switch (look.name) {
    case 'due':
      return isRetry(look.facts) ? { ...look, facts: moved(look.facts, by) } : look;
    case 'asked': {
      const { firstPictureAt } = look;
      const opened = openedThen(look.opened, by);
      return firstPictureAt === undefined
        ? { ...look, opened }
        : { ...look, opened, firstPictureAt: after(firstPictureAt, by) };
    }
    case 'open':
      return { ...look, opened: openedThen(look.opened, by), shown: shownThen(look.shown, by) };
    case 'awaiting-verdict':
    case 'refused':
    case 'failed':
    case 'done':
      return look;
  }
}

/** Due so long after «not seen», and not at a time of the plan. */
const isRetry = ({ attempt }: LookFacts): boolean => attempt > 1;

const moved = (facts: LookFacts, by: Duration): LookFacts => ({
  ...facts,
  dueFrom: after(facts.dueFrom, by),
  dueUntil: after(facts.dueUntil, by),
  closes: after(facts.closes, by),
});

const openedThen = (opened: Opened, by: Duration): Opened => ({ ...opened, at: after(opened.at, by) });

const shownThen = ({ until, answeredAt, firstPictureAt, wish, ...rest }: Shown, by: Duration): Shown => ({
  ...rest,
  until: after(until, by),
  answeredAt: after(answeredAt, by),
  ...(firstPictureAt !== undefined && { firstPictureAt: after(firstPictureAt, by) }),
  ...(wish && { wish: { ...wish, wishedAt: after(wish.wishedAt, by) } }),
});
