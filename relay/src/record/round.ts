/**
 * Pure. Several operators on one list: a home is one operator's for a minute from when it is offered, so that no two meet in it; what is
 * given back, or left lying, is offered again.
 */
import type { ClientAlias, LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Operator } from './look.ts';

/** How long a home is kept for whoever it was offered to. */
export const reservedFor = seconds(60);

/** A look that may be opened now; the most urgent come first. */
export interface Waiting {
  readonly look: LookId;
  readonly client: ClientAlias;
}

export interface Reserved extends Waiting {
  readonly by: Operator;
  /** By the steady clock. */
  readonly until: Duration;
}

export interface Round {
  readonly reserved: readonly Reserved[];
  /** What each has given back, the first given back first: offered again when there is nothing else. */
  readonly skipped: Readonly<Record<string, readonly LookId[]>>;
}

/** `at`: by the steady clock. */
export type RoundEvent =
  /** `busy`: homes that somebody is looking into. */
  | {
      readonly type: 'asked';
      readonly by: Operator;
      readonly waiting: readonly Waiting[];
      readonly busy: ReadonlySet<ClientAlias>;
      readonly at: Duration;
    }
  | { readonly type: 'skipped'; readonly by: Operator; readonly look: LookId; readonly at: Duration }
  /** Opened, or not to be opened any more. */
  | { readonly type: 'over'; readonly client: ClientAlias }
  /** The operator has signed out. */
  | { readonly type: 'gone'; readonly operator: string }
  | { readonly type: 'tick'; readonly at: Duration };

export type RoundEffect =
  | { readonly type: 'offer'; readonly reserved: Reserved }
  | { readonly type: 'refuse'; readonly fault: Fault };

type Stepped = readonly [Round, readonly RoundEffect[]];

export const roundMachine: Machine<Round, RoundEvent, RoundEffect> = {
  initial: { reserved: [], skipped: {} },
  step(round, event): Stepped {
    switch (event.type) {
      case 'asked':
        return asked(kept(round, event.at), event);
      case 'skipped':
        return skipped(kept(round, event.at), event);
      case 'over':
        return [without(round, ({ client }) => client === event.client), []];
      case 'gone': {
        const { [event.operator]: _gone, ...others } = round.skipped;
        const rest = without(round, ({ by }) => by.id === event.operator);
        return [event.operator in round.skipped ? { ...rest, skipped: others } : rest, []];
      }
      case 'tick':
        return [kept(round, event.at), []];
    }
  },
};

/** Whose it is, where it is somebody else's than this operator's. */
export const heldByOther = (round: Round, client: ClientAlias, operator: string, at: Duration): Reserved | undefined =>
  kept(round, at).reserved.find((one) => one.client === client && one.by.id !== operator);

function asked(round: Round, { by, waiting, busy, at }: Extract<RoundEvent, { type: 'asked' }>): Stepped {
  const others = new Set(round.reserved.filter((one) => one.by.id !== by.id).map(({ client }) => client));
  const free = waiting.filter(({ client }) => !others.has(client) && !busy.has(client));
  const own = round.reserved.find((one) => one.by.id === by.id);
  const given = round.skipped[by.id] ?? [];
  const fresh = free.filter(({ look }) => !given.includes(look));
  const again = given.flatMap((look) => free.find((one) => one.look === look) ?? []);
  const next = free.find(({ look }) => look === own?.look) ?? fresh[0] ?? again[0];
  const rest = without(round, (one) => one.by.id === by.id);
  if (!next) return [rest, []];
  const reserved: Reserved = { ...next, by, until: milliseconds(at + reservedFor) };
  return [{ ...rest, reserved: [...rest.reserved, reserved] }, [{ type: 'offer', reserved }]];
}

function skipped(round: Round, { by, look }: Extract<RoundEvent, { type: 'skipped' }>): Stepped {
  if (!round.reserved.some((one) => one.look === look && one.by.id === by.id)) {
    const fault = new Fault('not-now', 'This home is not yours to give back: the minute is over, or it was opened.');
    return [round, [{ type: 'refuse', fault }]];
  }
  const given = (round.skipped[by.id] ?? []).filter((one) => one !== look);
  const rest = without(round, (one) => one.look === look);
  return [{ ...rest, skipped: { ...rest.skipped, [by.id]: [...given, look].slice(-mostSkipped) } }, []];
}

const mostSkipped = 200;

const kept = (round: Round, at: Duration): Round => without(round, ({ until }) => until <= at);

/** @returns the same round where there is nothing to leave out */
function without(round: Round, gone: (one: Reserved) => boolean): Round {
  return round.reserved.some(gone) ? { ...round, reserved: round.reserved.filter((one) => !gone(one)) } : round;
}
