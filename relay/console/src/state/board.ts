/** Pure. The watch as it is shown: what needs somebody now, in few lines however many homes there are. */

import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { type Round, roundsOf } from '@nattfrid/shared/desk/rounds';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Known } from './desk.ts';
import { type Need, needs } from './needs.ts';
import type { Self } from './self.ts';
import { withoutTraining } from './training.ts';

/** A window with several homes: how far it has come, and what of it is due. */
export interface RoundNow {
  readonly round: Round;
  /** Of one's own to open now, those that have waited the longest first. */
  readonly due: readonly LookView[];
}

export interface Board {
  readonly alarms: readonly AlarmView[];
  /** Looks that stand by themselves: one's own that are open or wait, and those that are due in no round. */
  readonly looks: readonly LookView[];
  readonly rounds: readonly RoundNow[];
  readonly visits: readonly VisitView[];
  readonly others: readonly Need[];
  /** Rounds that have not begun. */
  readonly coming: readonly Round[];
  /** Everything but units that are not well. */
  readonly count: number;
}

/** @param now by the relay's clock */
export function boardOf(desk: Known, self: Self, now: Instant): Board {
  const { mine, others } = needs(desk, self, now);
  const rounds = roundsOf(withoutTraining(desk).looks.values(), now);
  const many = rounds.filter(({ homes, from }) => homes.length > 1 && from <= now);
  const roundOf = new Map<LookId, Round>(
    many.flatMap((round) => round.homes.map(({ look }) => [look.look, round] as const)),
  );
  const due = new Map<Round, LookView[]>();
  const looks: LookView[] = [];
  for (const need of mine) {
    if (need.type !== 'look') continue;
    const round = need.look.state === 'due' ? roundOf.get(need.look.look) : undefined;
    if (round) due.set(round, [...(due.get(round) ?? []), need.look]);
    else looks.push(need.look);
  }
  const alarms = mine.flatMap((need) => (need.type === 'alarm' ? [need.alarm] : []));
  const visits = mine.flatMap((need) => (need.type === 'visit' ? [need.visit] : []));
  return {
    alarms,
    looks,
    rounds: many.flatMap((round) => {
      const own = due.get(round);
      return own ? [{ round, due: own }] : [];
    }),
    visits,
    others,
    coming: rounds.filter(({ from }) => from > now),
    count: mine.filter(({ type }) => type !== 'unit').length,
  };
}
