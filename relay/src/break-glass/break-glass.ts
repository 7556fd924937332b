/**
 * Break-glass: load, step, save and its line in one transaction; what is asked for or open is remembered, so that each request and each
 * event of the live stream can be asked about at once. It opens what `break-glass-opens.ts` names, and nothing of a unit.
 */
import type {
  BreakGlassId,
  BreakGlassToReview,
  BreakGlassView,
  BreakGlassWaits,
  WhyOver,
} from '@nattfrid/shared/desk/break-glass';
import { opens } from '@nattfrid/shared/desk/break-glass-opens';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { may } from '@nattfrid/shared/desk/permissions';
import type { Asked, RouteName } from '@nattfrid/shared/desk/routes';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { openWaits } from '@nattfrid/shared/time/waits';
import type { Audit } from '../audit/audit.ts';
import { openRate } from '../limit/rate.ts';
import type { Sealer, Where } from '../personal/sealer.ts';
import {
  type AtComputer,
  type BreakGlassEvent,
  breakGlassMachine,
  needsReview,
  type Review,
  untilOf,
} from '../record/break-glass.ts';
import {
  breakGlassOf,
  findBreakGlass,
  type KnownBreakGlass,
  openBreakGlass as openOnDisk,
  saveBreakGlass,
  unreviewedBreakGlass,
} from '../store/break-glass-table.ts';
import { clientOfHome } from '../store/clients-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { unitsOfClient } from '../store/units-table.ts';
import type { Hub } from '../tell/hub.ts';
import { breakGlassToReview, breakGlassView } from './view.ts';

/** Whoever asks for something now: another session of the same person has nothing of it. */
export interface Holder {
  readonly id: string;
  readonly session: string;
}

/** An alias alone says nothing of whose it is. */
interface Home {
  readonly client: ClientAlias;
  readonly organisation: Organisation;
}

export interface BreakGlasses {
  ask(by: AtComputer, asked: Asked<'askBreakGlass'>): Promise<BreakGlassView | Fault>;
  grant(by: AtComputer, access: BreakGlassId): Promise<BreakGlassView | Fault>;
  decline(by: AtComputer, access: BreakGlassId): Promise<BreakGlassView | Fault>;
  /** By whoever has asked, or somebody who may grant it. */
  end(by: AtComputer, access: BreakGlassId): Promise<BreakGlassView | Fault>;
  review(by: Omit<Review, 'at'>, access: BreakGlassId): Promise<BreakGlassToReview | Fault>;
  /** Of the clients of an organisation, the newest first. */
  of(organisation: Organisation): Promise<readonly BreakGlassToReview[]>;
  /** What is asked for, and open. */
  readonly onDesk: readonly BreakGlassView[];
  /** Of each organisation, how many somebody has yet to look at. */
  readonly waits: readonly BreakGlassWaits[];
  /** Whether anything is open for this person that lets this route through: for which home is asked next. */
  mayUse(who: Holder, route: RouteName): boolean;
  /** Whether alarms of this home, which is of that organisation, are shown to this person. */
  shows(who: Holder, client: ClientAlias, organisation: Organisation | undefined): boolean;
  /** Whether two people have opened alarms of this home for this person, in whichever of their sessions. */
  answers(person: string, home: Home): boolean;
  /** Writes down that it is used, before it is. @returns false where nothing is open for it */
  use(who: Holder, route: RouteName, home: Home, subject: string): Promise<boolean>;
  /** Somebody has signed in anew where they had locked a computer. */
  moved(from: string, to: string): Promise<void>;
  /** Ends what is over, also what was over while nobody ran. @param signedIn sessions that are not over */
  check(signedIn: ReadonlyMap<string, string>): Promise<void>;
}

const mostShown = 200;
/** Of one person: so many in one go, and then one in ten minutes. */
const [inOneGo, perMinute] = [4, 0.1];

export async function openBreakGlasses(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly newId: () => string;
  /** Whether an agreement holds by which these people have to do with that organisation's clients at all; their own always. */
  readonly agrees: (who: Organisation, whose: Organisation) => boolean;
  /** Somebody who had an alarm in hand by it has it no longer. */
  readonly letGo: (tx: Tx, alarm: string, operator: string) => Promise<void>;
  /** Who sees which alarms has changed. */
  readonly tellDesk: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}): Promise<BreakGlasses> {
  const { store, clock, hub, audit, sealer, newId, agrees } = parts;
  const waits = openWaits(clock);
  const rate = openRate(inOneGo, perMinute);
  const known = new Map<BreakGlassId, { readonly state: KnownBreakGlass; readonly words: string | undefined }>();
  for (const { state, words } of await openOnDisk(store.db))
    known.set(state.facts.access, { state, words: opened(state.facts.access, words) });

  let waiting: ReadonlyMap<Organisation, number> = await countWaiting(store.db);
  async function recount(): Promise<void> {
    const before = waiting;
    waiting = await countWaiting(store.db);
    for (const organisation of new Set([...before.keys(), ...waiting.keys()])) {
      const accesses = waiting.get(organisation) ?? 0;
      if (accesses !== before.get(organisation))
        hub.tell({ type: 'break-glass-waits', waits: { organisation, accesses } });
    }
  }

  /** By a clock that nobody sets: half an hour is not made longer by setting one back. */
  function nowOf(state: Exclude<KnownBreakGlass, { name: 'over' }>) {
    const since = state.name === 'asked' ? state.facts.askedAt : state.granted.at;
    return waits.nowFor(`${state.facts.access} ${state.name}`, since);
  }
  const isNow = (state: KnownBreakGlass): boolean => state.name !== 'over' && nowOf(state) < untilOf(state);

  function opened(access: string, words: string | undefined): string | undefined {
    if (words === undefined || sealer.fault) return undefined;
    return sealer.open(words, placeOf(access));
  }

  async function step(
    tx: Tx,
    access: BreakGlassId,
    event: BreakGlassEvent,
    words?: string,
  ): Promise<KnownBreakGlass | Fault> {
    const before = (await findBreakGlass(tx.db, access))?.state ?? breakGlassMachine.initial;
    const [next, effects] = breakGlassMachine.step(before, event);
    for (const effect of effects) {
      if (effect.type === 'refuse') return effect.fault;
      if (next.name !== 'none')
        await audit.append(tx, effect.by?.name ?? 'relay', effect.what, next.facts.client, effect.details);
    }
    if (next.name === 'none') throw new TypeError('what was opened cannot be unmade');
    if (next === before) return next;
    await saveBreakGlass(tx.db, next, words && !sealer.fault ? sealer.seal(words, placeOf(access)) : undefined);
    if (next.name === 'over') await letGoOf(tx, next);
    tx.after(() => remember(before.name, next, words ?? known.get(access)?.words));
    return next;
  }

  /** What was taken by it goes back to everybody. */
  async function letGoOf(tx: Tx, { facts, uses }: Extract<KnownBreakGlass, { name: 'over' }>): Promise<void> {
    for (const { route, subject } of uses) if (route === 'takeAlarm') await parts.letGo(tx, subject, facts.asker.id);
  }

  function remember(before: string, next: KnownBreakGlass, words: string | undefined): void {
    const { access, what } = next.facts;
    if (next.name === 'over') known.delete(access);
    else known.set(access, { state: next, words });
    if (next.name === 'over') void recount().catch(parts.failed);
    if (before === next.name) return;
    hub.tell({ type: 'break-glass', access: breakGlassView(next, words) });
    if (what === 'alarms' && (before === 'open' || next.name === 'open')) void parts.tellDesk().catch(parts.failed);
  }

  const stepped = async (access: BreakGlassId, event: BreakGlassEvent): Promise<BreakGlassView | Fault> => {
    const words = known.get(access)?.words;
    const next = await store.write((tx) => step(tx, access, event));
    return next instanceof Fault ? next : breakGlassView(next, words);
  };

  /** Whose home it is. Another organisation's, with which there is no agreement, is not there. */
  async function whose(db: Db, client: ClientAlias, by: AtComputer, what: string): Promise<Organisation | Fault> {
    const row = await clientOfHome(db, client);
    const organisation = row?.organisation ?? (await unitsOfClient(db, client))[0]?.organisation;
    if (organisation === undefined || !agrees(by.organisation, organisation))
      return new Fault('not-found', `There is no home ${client}.`);
    if (what === 'visit-card' && row?.personal === undefined)
      return new Fault('not-found', `Nothing is kept of who lives in ${client}: ask the coordinator.`);
    return organisation;
  }

  const held = (who: Omit<Holder, 'session'> & Partial<Holder>, route: RouteName, home?: Home) =>
    [...known.values()].find(
      ({ state }) =>
        state.name === 'open' &&
        state.facts.asker.id === who.id &&
        (who.session === undefined || state.facts.asker.session === who.session) &&
        (home === undefined ||
          (state.facts.client === home.client && state.facts.organisation === home.organisation)) &&
        opens(state.facts.what, route) &&
        isNow(state),
    )?.state;

  const endNow = (access: BreakGlassId, why: WhyOver) =>
    store.write((tx) => step(tx, access, { type: 'ended', why, at: clock.now() }));

  return {
    async ask(by, { words, ...asked }) {
      const organisation = await whose(store.db, asked.client, by, asked.what);
      if (organisation instanceof Fault) return organisation;
      if (asked.what === 'alarms' && may(by.role, 'answer-alarms') && by.organisation === organisation)
        return new Fault('not-now', 'Your role lets you answer these alarms already.');
      const alike = [...known.values()].some(
        ({ state: { facts } }) =>
          facts.asker.id === by.id && facts.client === asked.client && facts.what === asked.what,
      );
      if (alike) return new Fault('already-there', 'You have asked for this already.');
      const askedAt = clock.now();
      if (!rate.take(by.id, askedAt))
        return new Fault('too-many-requests', 'You have asked for very much. Ring the coordinator.');
      const access = newId() as BreakGlassId;
      waits.begins(`${access} asked`, askedAt);
      const facts = { access, organisation, ...asked, asker: by, askedAt };
      const next = await store.write((tx) => step(tx, access, { type: 'asked', facts }, words));
      return next instanceof Fault ? next : breakGlassView(next, words);
    },
    async grant(by, access) {
      const before = known.get(access)?.state;
      const at = clock.now();
      const now = before && before.name !== 'over' ? nowOf(before) : at;
      waits.begins(`${access} open`, at);
      return stepped(access, { type: 'granted', by, at, now });
    },
    decline: (by, access) => stepped(access, { type: 'declined', by, at: clock.now() }),
    async end(by, access) {
      const state = known.get(access)?.state;
      const isOwn = state?.facts.asker.id === by.id;
      const mayTake = state?.facts.organisation === by.organisation && may(by.role, 'grant-break-glass');
      if (!state || !(isOwn || mayTake)) return new Fault('not-found', 'There is no such access, or it is over.');
      const why = isOwn ? 'given-back' : 'taken-back';
      return stepped(access, { type: 'ended', why, by, at: clock.now() });
    },
    async review(by, access) {
      const next = await store.write((tx) => step(tx, access, { type: 'reviewed', ...by, at: clock.now() }));
      if (next instanceof Fault) return next;
      return breakGlassToReview(next, opened(access, (await findBreakGlass(store.db, access))?.words));
    },
    async of(organisation) {
      const all = await breakGlassOf(store.db, organisation, mostShown);
      return all
        .filter(({ state }) => needsReview(state) || (state.name === 'over' && state.review))
        .map(({ state, words }) => breakGlassToReview(state, opened(state.facts.access, words)));
    },
    get onDesk() {
      return [...known.values()].map(({ state, words }) => breakGlassView(state, words));
    },
    get waits() {
      return [...waiting].map(([organisation, accesses]) => ({ organisation, accesses }));
    },
    mayUse: (who, route) => held(who, route) !== undefined,
    shows: (who, client, organisation) =>
      organisation !== undefined && held(who, 'takeAlarm', { client, organisation }) !== undefined,
    answers: (id, home) => held({ id }, 'takeAlarm', home) !== undefined,
    async use(who, route, home, subject) {
      const state = held(who, route, home);
      if (!state) return false;
      const event = { type: 'used', at: clock.now(), route, subject } as const;
      const next = await store.write((tx) => step(tx, state.facts.access, event));
      if (next instanceof Fault) throw next;
      return true;
    },
    async moved(from, to) {
      for (const [access, { state }] of known)
        if (state.facts.asker.session === from)
          await store.write((tx) => step(tx, access, { type: 'moved', session: to }));
    },
    async check(signedIn) {
      for (const [access, { state }] of known) {
        if (state.name === 'over') continue;
        const { asker, organisation } = state.facts;
        if (signedIn.get(asker.session) !== asker.id) await endNow(access, 'session-over');
        else if (!agrees(asker.organisation, organisation)) await endNow(access, 'agreement-over');
        else if (!isNow(state))
          await store.write((tx) => step(tx, access, { type: 'tick', at: clock.now(), now: nowOf(state) }));
      }
    },
  };
}

async function countWaiting(db: Db): Promise<ReadonlyMap<Organisation, number>> {
  const found = new Map<Organisation, number>();
  for (const state of await unreviewedBreakGlass(db)) {
    const { organisation } = state.facts;
    if (needsReview(state)) found.set(organisation, (found.get(organisation) ?? 0) + 1);
  }
  return found;
}

/** Of what is kept of it: its words. */
const placeOf = (access: string): Where => ({ table: 'break_glass', column: 'words', row: access });
