/**
 * Pure. The chain of an alarm: to whom it is told, one after the other, until somebody takes it, and again when whoever has taken it
 * does nothing. It has no end of its own: only the alarm's, which a person makes.
 */
import type { ToldTo } from '@nattfrid/shared/desk/alarm-view';
import type { Machine } from '@nattfrid/shared/machine/machine';
import type { Duration } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

/** What an action card says, in durations. */
export interface Line {
  /** The first is told at once, each next one when nobody has taken it `within`; those before it go on being told. */
  readonly steps: readonly { readonly to: ToldTo; readonly within: Duration }[];
  /** After the last step: how long it is told to everybody, louder, before the fallback. */
  readonly louderFor: Duration;
  /** Taken, and nothing heard of it for so long: told again. Absent: never. */
  readonly again?: Duration;
  /** The same while somebody is on the way there, or is there. */
  readonly goingAgain?: Duration;
  /** What to think of in this home. */
  readonly think?: string;
  /** The way that needs no computer. */
  readonly fallback?: { readonly telephone?: string; readonly words?: string };
}

export type Doing = 'taken' | 'on-the-way' | 'there';

interface Named {
  readonly line: Line;
  /** How often it has been taken, and told again because nothing came of it. */
  readonly again: number;
  /** Teams of the line that were stepped over because nobody was in them, since it was told from the first. */
  readonly empty?: readonly ToldTo[];
}

export type Chain =
  | { readonly name: 'none' }
  | ({ readonly name: 'telling'; readonly step: number; readonly since: Instant } & Named)
  | ({ readonly name: 'louder'; readonly since: Instant } & Named)
  | ({ readonly name: 'fallen-back' } & Named)
  /** `since`: counted from the first tick after it, so that both ends of a wait are of one clock. */
  | ({ readonly name: 'in-hand'; readonly doing: Doing; readonly since?: Instant } & Named)
  | ({ readonly name: 'over' } & Named);

/** By their ids. A team that has been taken away is not among them. */
export type Staffed = ReadonlySet<string>;

export type ChainEvent =
  /** `staffed`: the teams in which somebody is; absent: not known, and none is stepped over. */
  | { readonly type: 'begun'; readonly line: Line; readonly at: Instant; readonly staffed?: Staffed }
  | { readonly type: 'tick'; readonly at: Instant; readonly staffed?: Staffed }
  /** Somebody has it in hand, or has done something about it. */
  | { readonly type: 'held'; readonly doing: Doing }
  /** Whoever had it in hand has gone. */
  | { readonly type: 'left'; readonly at: Instant }
  | { readonly type: 'closed' };

export type ChainEffect =
  | { readonly type: 'tell'; readonly to: ToldTo }
  /** Nobody in the line has taken it. */
  | { readonly type: 'louder' }
  | { readonly type: 'fall-back' }
  /** It was in hand, and is nobody's any more. */
  | { readonly type: 'again' };

type Stepped = readonly [Chain, readonly ChainEffect[]];
type Running = Exclude<Chain, { name: 'none' | 'over' }>;
type Ran = readonly [Running, readonly ChainEffect[]];

export const chainMachine: Machine<Chain, ChainEvent, ChainEffect> = {
  initial: { name: 'none' },
  step(chain, event): Stepped {
    if (event.type === 'begun') return begunNow(event);
    if (chain.name === 'none' || chain.name === 'over') return [chain, []];
    switch (event.type) {
      case 'held':
        return [{ name: 'in-hand', doing: event.doing, ...named(chain) }, []];
      case 'closed':
        return [{ name: 'over', ...named(chain) }, []];
      case 'left':
        return chain.name === 'in-hand' ? toldAgain(chain, event.at) : [chain, []];
      case 'tick':
        return ticked(chain, event);
    }
  },
};

/** To whom it has been told by now, in order, each once. */
export function toldTo(chain: Exclude<Chain, { name: 'none' }>): readonly ToldTo[] {
  const { line } = chain;
  if (chain.name === 'in-hand' || chain.name === 'over') return [];
  const steps = chain.name === 'telling' ? line.steps.slice(0, chain.step + 1) : line.steps;
  const everybody: readonly ToldTo[] = chain.name === 'telling' ? [] : ['everybody'];
  return [...new Set([...steps.map(({ to }) => to), ...everybody])];
}

/** A line without steps is told to everybody, louder, at once: nobody may be forgotten over an empty card. */
function begun(line: Line, again: number, at: Instant): Ran {
  const first = line.steps[0];
  if (!first) return [{ name: 'louder', line, again, since: at }, [{ type: 'louder' }]];
  return [{ name: 'telling', step: 0, line, again, since: at }, [{ type: 'tell', to: first.to }]];
}

const named = ({ line, again, empty }: Named): Named => ({ line, again, ...(empty && { empty }) });

/** A first team that is empty is stepped over in the same moment. */
function begunNow({ line, at, staffed }: Extract<ChainEvent, { type: 'begun' }>): Ran {
  const [chain, effects] = begun(line, 0, at);
  if (!staffed) return [chain, effects];
  const [next, more] = ticked(chain, { type: 'tick', at, staffed });
  return [next, [...effects, ...more]];
}

function toldAgain({ line, again }: Named, at: Instant): Ran {
  const [chain, effects] = begun(line, again + 1, at);
  return [chain, [{ type: 'again' }, ...effects]];
}

/** All that is due by then is told in its order, also where nobody counted for a while: each step once. */
function ticked(from: Running, { at, staffed }: Extract<ChainEvent, { type: 'tick' }>): Ran {
  let chain = from;
  const effects: ChainEffect[] = [];
  // A step leads to the next, to louder and to the fallback: never more than there are.
  for (let turn = from.line.steps.length + 2; turn > 0; turn--) {
    const [next, told] = moved(chain, at, staffed);
    if (next === chain) break;
    effects.push(...told);
    chain = next;
  }
  return [chain, effects];
}

function moved(chain: Running, at: Instant, staffed?: Staffed): Ran {
  switch (chain.name) {
    case 'fallen-back':
      return [chain, []];
    case 'telling':
      return toldOn(chain, at, staffed);
    case 'louder':
      if (at < after(chain.since, chain.line.louderFor)) return [chain, []];
      return [{ name: 'fallen-back', ...named(chain) }, [{ type: 'fall-back' }]];
    case 'in-hand': {
      const { line, doing, since } = chain;
      if (since === undefined) return [{ ...chain, since: at }, []];
      const longest = doing === 'taken' ? line.again : line.goingAgain;
      return longest === undefined || at < after(since, longest) ? [chain, []] : toldAgain(chain, at);
    }
  }
}

const earlier = (one: Instant, other: Instant): Instant => (other < one ? other : one);

/** A team in which nobody is keeps nobody waiting. It goes on being told: somebody may come. */
function toldOn(chain: Extract<Chain, { name: 'telling' }>, at: Instant, staffed?: Staffed): Ran {
  const { line, step, since } = chain;
  const now = line.steps[step];
  const isEmpty = now !== undefined && now.to !== 'everybody' && staffed !== undefined && !staffed.has(now.to);
  // Whatever the clock says: one that was set back must not make an alarm wait for nobody.
  const until = !now || isEmpty ? earlier(since, at) : after(since, now.within);
  if (at < until) return [chain, []];
  const empty = isEmpty ? [...new Set([...(chain.empty ?? []), now.to])] : chain.empty;
  const on: Named = named({ ...chain, ...(empty && { empty }) });
  const next = line.steps[step + 1];
  if (!next) return [{ name: 'louder', ...on, since: until }, [{ type: 'louder' }]];
  return [{ name: 'telling', ...on, step: step + 1, since: until }, [{ type: 'tell', to: next.to }]];
}
