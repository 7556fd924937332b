/**
 * The round as several operators go through it: what is next for each, and whose home it is until then. Kept in memory: after a
 * restart nothing is anybody's, and a look that two would open is refused to the second all the same.
 */
import type { NightView, ReservedView } from '@nattfrid/shared/desk/night-view';
import { firstOrganisation, type Organisation } from '@nattfrid/shared/desk/organisation';
import { roundsOf } from '@nattfrid/shared/desk/rounds';
import type { ClientAlias, LookId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import type { Looks } from '../looks/looks.ts';
import type { Operator } from '../record/look.ts';
import { heldByOther, type Reserved, type Round, type RoundEvent, roundMachine } from '../record/round.ts';
import type { Db, Store } from '../store/database.ts';
import { allUnits, findUnit } from '../store/units-table.ts';

export interface Rounds {
  /** @param until only of the round that ends then @returns undefined: nothing is due */
  next(by: Operator & { readonly organisation: Organisation }, until?: Instant): Promise<ReservedView | undefined>;
  skip(by: Operator, look: LookId): Fault | undefined;
  /** Whether this operator may open a planned look in the unit's home now; a colleague may be about to. */
  mayOpen(db: Db, unit: UnitId, by: Operator): Promise<Fault | undefined>;
  /** A look has been opened in the unit's home. @returns whether it was somebody's until then */
  opened(db: Db, unit: UnitId): Promise<boolean>;
  gone(operator: string): void;
  /** @returns whether something is nobody's any more */
  tick(): boolean;
  readonly reserved: NightView['reserved'];
}

/** A retry belongs to the round of a look that was done before. */
const back = hours(12);

export function openRounds(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly looks: Pick<Looks, 'onDesk'>;
}): Rounds {
  const { store, clock, looks } = parts;
  let round: Round = roundMachine.initial;
  /** Of each operator whom something was offered to. */
  const organisations = new Map<string, Organisation>();
  const step = (event: RoundEvent) => {
    const [next, effects] = roundMachine.step(round, event);
    const isChanged = next !== round;
    round = next;
    return { isChanged, effects };
  };
  const view = ({ look, client, by, until }: Reserved): ReservedView => ({
    look,
    client,
    who: by.name,
    operatorId: by.id,
    organisation: organisations.get(by.id) ?? firstOrganisation,
    until: printInstant(after(clock.now(), milliseconds(until - clock.steady()))),
  });
  const clientOf = async (db: Db, unit: UnitId): Promise<ClientAlias | undefined> => (await findUnit(db, unit))?.client;

  return {
    async next(by, until) {
      const now = clock.now();
      const views = await looks.onDesk(store.db, after(now, milliseconds(-back)));
      const units = new Map((await allUnits(store.db)).map(({ unit, organisation }) => [unit, organisation]));
      const seen = views.filter(({ unit }) => units.get(unit) === by.organisation);
      const waiting = roundsOf(seen, now)
        .filter((one) => until === undefined || one.until === until)
        .flatMap(({ homes }) => homes)
        .filter(({ state, look }) => state === 'due' && look.state === 'due')
        .map(({ client, look }) => ({ look: look.look, client, until: parseInstant(look.dueUntil) }))
        .sort((a, b) => a.until - b.until);
      const busy = new Set(views.filter(({ state }) => inHand.has(state)).map(({ client }) => client));
      const { id, name, organisation } = by;
      organisations.set(id, organisation);
      const { effects } = step({ type: 'asked', by: { id, name }, waiting, busy, at: clock.steady() });
      for (const effect of effects) if (effect.type === 'offer') return view(effect.reserved);
      return undefined;
    },
    skip({ id, name }, look) {
      const { effects } = step({ type: 'skipped', by: { id, name }, look, at: clock.steady() });
      for (const effect of effects) if (effect.type === 'refuse') return effect.fault;
      return undefined;
    },
    async mayOpen(db, unit, by) {
      const client = await clientOf(db, unit);
      const other = client && heldByOther(round, client, by.id, clock.steady());
      return other && new Fault('not-now', `${other.by.name} is about to look into this home. Take the next one.`);
    },
    async opened(db, unit) {
      const client = await clientOf(db, unit);
      return client !== undefined && step({ type: 'over', client }).isChanged;
    },
    gone: (operator) => void step({ type: 'gone', operator }),
    tick: () => step({ type: 'tick', at: clock.steady() }).isChanged,
    get reserved() {
      return round.reserved.map(view);
    },
  };
}

const inHand: ReadonlySet<string> = new Set(['asked', 'open', 'awaiting-verdict']);
