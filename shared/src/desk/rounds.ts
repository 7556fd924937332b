/** Pure. The looks of the night as rounds: one window, all homes in it, and how far it has come («2 of 65»). */
import type { ClientAlias, LookId } from '../domain/ids.ts';
import { type Instant, parseInstant } from '../time/instant.ts';
import type { LookView } from './look-view.ts';

export interface RoundHome {
  readonly client: ClientAlias;
  /** The one that matters now: the newest attempt that is not done, or the last. */
  readonly look: LookView;
  /** later: agreed for a time that has not come; now: somebody is looking; visit: it could not be made, somebody goes there. */
  readonly state: 'due' | 'later' | 'now' | 'done' | 'visit';
}

export interface Round {
  readonly from: Instant;
  readonly until: Instant;
  /** Those that wait the longest first, those that are done last. */
  readonly homes: readonly RoundHome[];
  readonly done: number;
}

const order = { now: 0, due: 1, later: 2, visit: 3, done: 4 } as const;

/**
 * @param looks of the desk: those of the last 12 hours and the coming ones
 * @returns in order of time. A look that is tried again belongs to the round of its first attempt, so that a home is done when it is.
 */
export function roundsOf(looks: Iterable<LookView>, now: Instant): readonly Round[] {
  const agreed = [...looks].filter(isAgreed);
  const parents = new Map(agreed.flatMap((look) => (look.retry ? [[look.retry, look] as const] : [])));
  const byTime = new Map<number, LookView[]>();
  for (const look of agreed) {
    const first = firstOf(look, parents);
    const until = parseInstant(first.dueUntil);
    byTime.set(until, [...(byTime.get(until) ?? []), look]);
  }
  return [...byTime]
    .map(([until, members]): Round => {
      const homes = homesOf(members, now);
      const firsts = members.filter(({ look }) => !parents.has(look)).map(({ dueFrom }) => parseInstant(dueFrom));
      const from = (firsts.length > 0 ? Math.min(...firsts) : until) as Instant;
      return { from, until: until as Instant, homes, done: homes.filter(({ state }) => isOver(state)).length };
    })
    .sort((a, b) => a.until - b.until || a.from - b.from);
}

/** Nobody has to look into it any more in this round. */
export const isOver = (state: RoundHome['state']): boolean => state === 'done' || state === 'visit';

/** Out of a plan, and leading its home; one that a newer plan does not contain was never due. */
const isAgreed = ({ reason, beside, end }: LookView): boolean =>
  reason.type === 'window' && beside === undefined && end !== 'plan-changed';

function firstOf(look: LookView, parents: ReadonlyMap<LookId, LookView>): LookView {
  let first = look;
  // An attempt leads to one more at most; a circle would be a fault of the relay, and ends here.
  for (let turn = 0; turn < 4; turn++) first = parents.get(first.look) ?? first;
  return first;
}

function homesOf(members: readonly LookView[], now: Instant): readonly RoundHome[] {
  const byHome = new Map<ClientAlias, LookView[]>();
  for (const look of members) byHome.set(look.client, [...(byHome.get(look.client) ?? []), look]);
  return [...byHome]
    .map(([client, all]) => {
      const states = all.map((look) => ({ client, look, state: stateOf(look, now) }) as const);
      // A home is done when all of its looks are.
      return states.toSorted((a, b) => order[a.state] - order[b.state])[0]!;
    })
    .sort(
      (a, b) =>
        order[a.state] - order[b.state] ||
        parseInstant(a.look.dueUntil) - parseInstant(b.look.dueUntil) ||
        parseInstant(a.look.dueFrom) - parseInstant(b.look.dueFrom) ||
        a.client.localeCompare(b.client, 'sv'),
    );
}

function stateOf(look: LookView, now: Instant): RoundHome['state'] {
  switch (look.state) {
    case 'due':
      return parseInstant(look.dueFrom) <= now ? 'due' : 'later';
    case 'asked':
    case 'open':
    case 'awaiting-verdict':
      return 'now';
    case 'refused':
    case 'failed':
      return look.visit ? 'visit' : 'due';
    case 'done':
      return look.visit ? 'visit' : 'done';
  }
}
