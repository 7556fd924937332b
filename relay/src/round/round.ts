/**
 * The round as several operators go through it: what is next for each, and whose home it is until then. On the disk before it is told,
 * so that no two meet in a home after a restart either; over with its minute, and with the session.
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
import type { Reacher } from '../organisations/reach.ts';
import type { ReachNow } from '../organisations/reach-now.ts';
import { lookThing } from '../organisations/things.ts';
import type { Operator } from '../record/look.ts';
import { heldByOther, type Reserved, type Round, type RoundEvent, reservedFor, roundMachine } from '../record/round.ts';
import type { Db, Store } from '../store/database.ts';
import { allReserved, keepReserved, type ReservedRow, saveReserved } from '../store/reserved-looks-table.ts';
import { findUnit } from '../store/units-table.ts';

/** Who asks for the next home. */
type Asking = Reacher & Operator & { readonly session: string };

export interface Rounds {
  /** @param until only of the round that ends then @returns undefined: nothing is due */
  next(by: Asking, until?: Instant): Promise<ReservedView | undefined>;
  skip(by: Operator, look: LookId): Promise<Fault | undefined>;
  /** Whether this operator may open a planned look in the unit's home now; a colleague may be about to. */
  mayOpen(db: Db, unit: UnitId, by: Operator): Promise<Fault | undefined>;
  /** A look has been opened in the unit's home. @returns whether it was somebody's until then */
  opened(db: Db, unit: UnitId): Promise<boolean>;
  /** @returns whether something is nobody's any more */
  gone(operator: string): Promise<boolean>;
  /** Somebody has signed in anew where they had locked a computer: what is theirs stays theirs. */
  moved(from: string, to: string): Promise<void>;
  /** @param sessions those that are not over @returns whether something is nobody's any more */
  tick(sessions: ReadonlyMap<string, string>): Promise<boolean>;
  readonly reserved: NightView['reserved'];
}

/** A retry belongs to the round of a look that was done before. */
const back = hours(12);

/** Of one that somebody has: beside what the machine knows. */
type About = Pick<ReservedRow, 'organisation' | 'home' | 'session'>;

export async function openRounds(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly looks: Pick<Looks, 'onDesk'>;
  /** Whose each unit is, and which homes somebody may look into. */
  readonly reach: Pick<ReachNow, 'unit' | 'may'>;
}): Promise<Rounds> {
  const { store, clock, looks, reach } = parts;
  const kept = await allReserved(store.db);
  let round: Round = { ...roundMachine.initial, reserved: kept.map(reservedAgain) };
  /** By operator: each has one at most. */
  const about = new Map<string, About>(kept.map((row) => [row.operator, row]));

  /** As it was before a restart, and never for longer than at first: the wall clock may have been set meanwhile. */
  function reservedAgain({ operator, who, look, client, until }: ReservedRow): Reserved {
    const left = Math.min(Math.max(0, until - clock.now()), reservedFor);
    return { look, client, by: { id: operator, name: who }, until: milliseconds(clock.steady() + left) };
  }

  const untilOf = ({ until }: Reserved): Instant => after(clock.now(), milliseconds(until - clock.steady()));
  const aboutOf = ({ by }: Reserved): About =>
    about.get(by.id) ?? { organisation: firstOrganisation, home: firstOrganisation, session: '' };
  const view = (one: Reserved): ReservedView => {
    const { organisation, home } = aboutOf(one);
    const { look, client, by } = one;
    return { look, client, who: by.name, operatorId: by.id, organisation, home, until: printInstant(untilOf(one)) };
  };

  /** In memory first: of two who ask in the same moment one comes second. On the disk before anybody is told. */
  async function step(event: RoundEvent) {
    const before = round;
    const [next, effects] = roundMachine.step(before, event);
    round = next;
    const isChanged = next.reserved !== before.reserved;
    if (isChanged) await save(next);
    return { isChanged, effects };
  }

  async function save({ reserved }: Round): Promise<void> {
    await store.write(async ({ db }) => {
      await keepReserved(
        db,
        reserved.map(({ by }) => by.id),
      );
      for (const one of reserved) {
        const { look, client, by } = one;
        await saveReserved(db, { operator: by.id, who: by.name, look, client, until: untilOf(one), ...aboutOf(one) });
      }
    });
  }

  const clientOf = async (db: Db, unit: UnitId): Promise<ClientAlias | undefined> => (await findUnit(db, unit))?.client;

  return {
    async next(by, until) {
      const now = clock.now();
      const views = await looks.onDesk(store.db, after(now, milliseconds(-back)));
      const homes = new Map<ClientAlias, Organisation>();
      const seen = views.filter((look) => {
        const organisation = reach.unit(look.unit);
        if (organisation === undefined || !reach.may(by, 'look', lookThing(organisation, look))) return false;
        homes.set(look.client, organisation);
        return true;
      });
      const waiting = roundsOf(seen, now)
        .filter((one) => until === undefined || one.until === until)
        .flatMap((one) => one.homes)
        .filter(({ state, look }) => state === 'due' && look.state === 'due')
        .map(({ client, look }) => ({ look: look.look, client, until: parseInstant(look.dueUntil) }))
        .sort((a, b) => a.until - b.until);
      const busy = new Set(views.filter(({ state }) => inHand.has(state)).map(({ client }) => client));
      const { id, name, organisation, session } = by;
      const at = clock.steady();
      const asked = { type: 'asked', by: { id, name }, waiting, busy, at } as const;
      const offer = roundMachine.step(round, asked)[1].find((effect) => effect.type === 'offer');
      const home = offer && homes.get(offer.reserved.client);
      if (home !== undefined) about.set(id, { organisation, session, home });
      const { effects } = await step(asked);
      for (const effect of effects) if (effect.type === 'offer') return view(effect.reserved);
      return undefined;
    },
    async skip({ id, name }, look) {
      const { effects } = await step({ type: 'skipped', by: { id, name }, look, at: clock.steady() });
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
      return client !== undefined && (await step({ type: 'over', client })).isChanged;
    },
    gone: async (operator) => (await step({ type: 'gone', operator })).isChanged,
    async moved(from, to) {
      const theirs = [...about].filter(([, { session }]) => session === from);
      if (theirs.length === 0) return;
      for (const [operator, one] of theirs) about.set(operator, { ...one, session: to });
      await save(round);
    },
    async tick(sessions) {
      const over = round.reserved.filter((one) => !sessions.has(aboutOf(one).session)).map(({ by }) => by.id);
      let some = false;
      for (const operator of over) some = (await step({ type: 'gone', operator })).isChanged || some;
      return (await step({ type: 'tick', at: clock.steady() })).isChanged || some;
    },
    get reserved() {
      return round.reserved.map(view);
    },
  };
}

const inHand: ReadonlySet<string> = new Set(['asked', 'open', 'awaiting-verdict']);
