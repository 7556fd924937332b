/** What the routes about one home do, by its alias: a consent taken back, a pause, and what somebody needs who goes there. */
import type { Withdrawn } from '@nattfrid/shared/care/consent-record';
import { may } from '@nattfrid/shared/desk/permissions';
import type { ClientAlias, ConsentId, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { days, minutes } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { BreakGlasses } from '../break-glass/break-glass.ts';
import { aroundClient, places } from '../care/around-client.ts';
import type { CarePlans } from '../care/care-plans.ts';
import type { HaltHome } from '../care/halt-home.ts';
import { hasReasonToGo } from '../care/reason-to-go.ts';
import type { Looks } from '../looks/looks.ts';
import type { Present } from '../operators/operators.ts';
import type { Sealer } from '../personal/sealer.ts';
import { type ClientRow, clientOfHome } from '../store/clients-table.ts';
import { consentsOf, insertWithdrawn } from '../store/consents-table.ts';
import type { Db, Store } from '../store/database.ts';
import { unitsOfClient } from '../store/units-table.ts';
import { refusable } from './care-handlers.ts';
import type { ApiHandlers } from './handler.ts';

export interface HomeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly carePlans: CarePlans;
  readonly homes: HaltHome;
  readonly looks: Pick<Looks, 'plan'>;
  readonly breakGlasses: Pick<BreakGlasses, 'use'>;
}

const longestPause = days(14);

export function homeHandlers(
  parts: HomeParts,
): Pick<ApiHandlers, 'withdrawConsent' | 'pauseSupervision' | 'endPause' | 'visitCard'> {
  const { store, clock, audit, sealer, carePlans, homes, looks, breakGlasses } = parts;
  const by = ({ name, id }: Present) => ({ name, id });

  /** A home stops also where the key is missing, or another one: who heard it and in which words is lost then. */
  function sealedIfItCan(consent: ConsentId, withdrawn: Withdrawn): string | undefined {
    return canSeal() ? sealer.seal(JSON.stringify(withdrawn), places.withdrawn(consent)) : undefined;
  }
  const canSeal = () => sealer.fault === undefined;

  const notToGo = () =>
    new Fault(
      'not-allowed',
      'Who lives there is shown while there is a reason to go there: a visit, an alarm or a look that waits. There is none now.',
    );
  /** @returns undefined where only two people may open it */
  async function cardFor(alias: ClientAlias, who: Present): Promise<ClientRow | Fault | undefined> {
    const home = may(who.role, 'read-visit-card') ? await homeOf(store.db, alias, who) : notToGo();
    if (home instanceof Fault) return undefined;
    if (!home.client) {
      await audit.write(who.name, 'visit-card-read', alias, { operator: who.id });
      return new Fault('not-found', `Nothing is kept of who lives in ${alias}: ask the coordinator.`);
    }
    if (!(await hasReasonToGo(store.db, alias, home.units, clock.now()))) return undefined;
    await audit.write(who.name, 'visit-card-read', alias, { operator: who.id });
    return home.client;
  }
  /** Its line is written before anything is read. */
  async function openedFor(alias: ClientAlias, who: Present): Promise<ClientRow | Fault> {
    // Sealed as yet.
    const client = await clientOfHome(store.db, alias);
    const { organisation } = client ?? {};
    if (
      organisation !== undefined &&
      (await breakGlasses.use(who, 'visitCard', { client: alias, organisation }, alias))
    )
      return client as ClientRow;
    await audit.write(who.name, 'visit-card-read', alias, { operator: who.id });
    const home = await homeOf(store.db, alias, who);
    return home instanceof Fault ? home : notToGo();
  }
  return {
    async withdrawConsent({ params: { alias }, body: { what, saidBy, words }, who }) {
      const halted = await refusable(store, async (tx) => {
        const home = await homeOf(tx.db, alias, who);
        if (home instanceof Fault) return home;
        await audit.append(tx, who.name, 'consent-withdrawn', alias, { what, saidBy, operator: who.id });
        const stopped = await homes.stop(tx, alias, 'consent-withdrawn', by(who));
        if (!home.client) return stopped;
        const withdrawn = { at: printInstant(clock.now()), by: who.name, saidBy, ...(words && { words }) };
        for (const { consent, what: given, withdrawnAt } of await consentsOf(tx.db, home.client.client))
          if (withdrawnAt === undefined && (what === 'all' || given === what))
            await insertWithdrawn(tx.db, consent, clock.now(), sealedIfItCan(consent, withdrawn));
        await carePlans.end(tx, home.client.client, 'consent-withdrawn', by(who));
        if (canSeal()) await carePlans.check(tx, home.client.client, by(who));
        return stopped;
      });
      if (!(halted instanceof Fault)) await looks.plan();
      return halted;
    },
    async pauseSupervision({ params: { alias }, body, who }) {
      const times = pauseTimes(body, clock.now());
      if (times instanceof Fault) return times;
      const paused = await refusable(store, async (tx) => {
        const home = await homeOf(tx.db, alias, who);
        if (home instanceof Fault) return home;
        await audit.append(tx, who.name, 'supervision-paused', alias, {
          from: printInstant(times.from),
          until: printInstant(times.until),
          operator: who.id,
        });
        return homes.pause(tx, alias, times, by(who));
      });
      if (paused instanceof Fault) return paused;
      await looks.plan();
      return { halt: paused.halt };
    },
    async endPause({ params: { alias }, who }) {
      const ended = await refusable(store, async (tx) => {
        const home = await homeOf(tx.db, alias, who);
        if (home instanceof Fault) return home;
        return (await homes.endPause(tx, alias, by(who))) ?? {};
      });
      if (!(ended instanceof Fault)) await looks.plan();
      return ended;
    },
    async visitCard({ params: { alias }, who }) {
      const client = (await cardFor(alias, who)) ?? (await openedFor(alias, who));
      if (client instanceof Fault) return client;
      const { name, address, telephone, keyInformation, relatives } = (await aroundClient(store.db, sealer, client))
        .personal;
      return {
        name,
        address,
        ...(telephone && { telephone }),
        ...(keyInformation && { keyInformation }),
        ...(relatives && { relatives }),
      };
    },
  };
}

interface Home {
  /** undefined: its plan is signed elsewhere, and nothing of its client is kept here. */
  readonly client: ClientRow | undefined;
  readonly units: readonly UnitId[];
}

/** Another organisation's is not there. */
async function homeOf(db: Db, alias: ClientAlias, who: Present): Promise<Home | Fault> {
  const client = await clientOfHome(db, alias);
  const units = (await unitsOfClient(db, alias)).filter(({ organisation }) => organisation === who.organisation);
  const isOurs = client ? client.organisation === who.organisation : units.length > 0;
  if (!isOurs) return new Fault('not-found', `There is no home ${alias}.`);
  return { client, units: units.map(({ unit }) => unit) };
}

function pauseTimes(
  given: { readonly from?: string | undefined; readonly until: string },
  now: Instant,
): { readonly from: Instant; readonly until: Instant } | Fault {
  const from = given.from === undefined ? now : parseInstant(given.from);
  const until = parseInstant(given.until);
  if (until <= now || until <= from)
    return new Fault('request-invalid', 'A pause ends after it has begun, and after now.');
  if (until - from > longestPause)
    return new Fault('request-invalid', 'A pause is at most 14 days: for longer, end the plan.');
  // A screen whose clock is a little behind means now.
  if (from < now - minutes(5)) return new Fault('request-invalid', 'A pause cannot begin in the past.');
  return { from, until };
}
