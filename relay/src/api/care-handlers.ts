/** What the routes about clients do: each reading and each change is a line of the audit log, with whom, and of which fields. */
import { randomInt } from 'node:crypto';
import type { GivenConsent } from '@nattfrid/shared/care/consent-record';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import { ClientAlias, type ClientId, type ConsentId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import { type AroundClient, aroundClient, places } from '../care/around-client.ts';
import type { CarePlans } from '../care/care-plans.ts';
import { clientEntry, clientView } from '../care/client-views.ts';
import type { HaltHome } from '../care/halt-home.ts';
import { register, registerCsv } from '../care/register.ts';
import { checkSigning } from '../care/sign-plan.ts';
import type { Looks } from '../looks/looks.ts';
import type { Present } from '../operators/operators.ts';
import type { Sealer } from '../personal/sealer.ts';
import type { Plans } from '../plans/plans.ts';
import {
  clientOfHome,
  clientsOf,
  endClientRow,
  findClient,
  insertClient,
  insertDecision,
  updatePersonal,
} from '../store/clients-table.ts';
import { insertConsent } from '../store/consents-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { unitsOfClient, updateUnit } from '../store/units-table.ts';
import type { Units } from '../units/units.ts';
import type { ApiHandlers } from './handler.ts';

export interface CareParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly carePlans: CarePlans;
  readonly homes: HaltHome;
  readonly plans: Plans;
  readonly units: Pick<Units, 'changed'>;
  readonly looks: Pick<Looks, 'plan'>;
  readonly newId: () => string;
}

type CareRoute =
  | 'clients'
  | 'client'
  | 'addClient'
  | 'changeClient'
  | 'decide'
  | 'giveConsent'
  | 'draftPlan'
  | 'signPlan'
  | 'endPlan'
  | 'endClient'
  | 'register'
  | 'exportRegister';

export function careHandlers(parts: CareParts): Pick<ApiHandlers, CareRoute> {
  const { store, clock, audit, sealer, carePlans, plans, units, looks, newId } = parts;
  const by = ({ name, id }: Present) => ({ name, id });

  /** Another organisation's is not there. */
  async function known(db: Db, client: ClientId, who: Present): Promise<AroundClient | Fault> {
    const row = await findClient(db, client);
    if (!row || row.organisation !== who.organisation) return new Fault('not-found', 'There is no such client.');
    return aroundClient(db, sealer, row);
  }

  const view = async (db: Db, client: ClientId, who: Present): Promise<ClientView | Fault> => {
    const around = await known(db, client, who);
    return around instanceof Fault ? around : clientView(db, around, clock.now());
  };

  /** What is changed of a client who is enrolled: first who it is, then the line, then the deed, all in one transaction. */
  function change(
    who: Present,
    client: ClientId,
    deed: (tx: Tx, around: AroundClient) => Promise<Fault | undefined>,
  ): Promise<ClientView | Fault> {
    return refusable(store, async (tx) => {
      const around = await known(tx.db, client, who);
      if (around instanceof Fault) return around;
      if (around.row.state === 'ended') return new Fault('not-now', `${around.row.alias} is no longer a client.`);
      return (await deed(tx, around)) ?? view(tx.db, client, who);
    });
  }

  const line = (tx: Tx, who: Present, what: Parameters<Audit['append']>[2], alias: string, details = {}) =>
    audit.append(tx, who.name, what, alias, { ...details, operator: who.id });

  return {
    async clients({ who }) {
      await audit.write(who.name, 'clients-read', 'clients', { fields: 'name', operator: who.id });
      const found = [];
      for (const row of await clientsOf(store.db, who.organisation))
        found.push(await clientEntry(store.db, await aroundClient(store.db, sealer, row), clock.now()));
      return { clients: found };
    },
    async client({ params, who }) {
      const around = await known(store.db, params.client, who);
      if (around instanceof Fault) return around;
      const fields = Object.keys(around.personal).join(' ');
      await audit.write(who.name, 'client-read', around.row.alias, { fields, operator: who.id });
      return clientView(store.db, around, clock.now());
    },
    addClient: ({ body, who }) =>
      refusable(store, async (tx) => {
        const alias = body.alias ?? (await freshAlias(tx.db));
        const home = await unitsOfClient(tx.db, alias);
        if ((await clientOfHome(tx.db, alias)) || home.some(({ organisation }) => organisation !== who.organisation))
          return new Fault('already-there', `There is already a client with the alias ${alias}.`);
        const client = newId() as ClientId;
        const personal = sealer.seal(JSON.stringify(body.personal), places.personal(client));
        await line(tx, who, 'client-added', alias, { fields: Object.keys(body.personal).join(' ') });
        await insertClient(tx.db, { client, alias, organisation: who.organisation, personal, addedAt: clock.now() });
        return view(tx.db, client, who);
      }),
    changeClient: ({ params, body, who }) =>
      change(who, params.client, async (tx, { row, personal }) => {
        await line(tx, who, 'client-changed', row.alias, { fields: changedFields(personal, body).join(' ') });
        await updatePersonal(tx.db, row.client, sealer.seal(JSON.stringify(body), places.personal(row.client)));
        return undefined;
      }),
    async decide({ params, body, who }) {
      const decided = await change(who, params.client, async (tx, { row }) => {
        const decision = newId();
        await line(tx, who, 'decision-made', row.alias, {
          kind: body.kind,
          reference: body.reference,
          from: body.from,
          ...(body.until && { until: body.until }),
        });
        await insertDecision(tx.db, {
          decision,
          client: row.client,
          reference: body.reference,
          fromDay: body.from,
          untilDay: body.until,
          body: sealer.seal(JSON.stringify(body), places.decision(decision)),
          recordedBy: who.name,
          recordedAt: clock.now(),
        });
        await carePlans.check(tx, row.client, by(who));
        return undefined;
      });
      await looks.plan();
      return decided;
    },
    giveConsent: ({ params, body, who }) =>
      change(who, params.client, async (tx, { row }) => {
        const consent = newId() as ConsentId;
        await line(tx, who, 'consent-given', row.alias, consentDetails(body));
        await insertConsent(tx.db, {
          consent,
          client: row.client,
          what: body.what,
          body: sealer.seal(JSON.stringify(body), places.consent(consent)),
          recordedBy: who.name,
          recordedAt: clock.now(),
        });
        await carePlans.check(tx, row.client, by(who));
        return undefined;
      }),
    draftPlan: ({ params, body, who }) =>
      change(who, params.client, async (tx, around) => {
        const edition = String((around.editions[0]?.row.plan.facts.edition ?? 0) + 1);
        await line(tx, who, 'plan-drafted', around.row.alias, { edition });
        return carePlans.draft(tx, around, body);
      }),
    async signPlan({ params, body, who }) {
      const signed = await change(who, params.client, async (tx, around) => {
        const checked = await checkSigning({ db: tx.db, plans, clock }, around, body);
        if (checked instanceof Fault) return checked;
        await line(tx, who, 'plan-signed', around.row.alias, { edition: String(body.edition) });
        const fault = await carePlans.sign(tx, around, checked.row, { ...checked.signed, by: who.name }, by(who));
        if (fault) return fault;
        for (const { letter, plan, municipality } of checked.letters) {
          await audit.append(tx, who.name, 'plan-sent', plan.unit, {
            plan: plan.plan,
            version: String(plan.version),
            municipality,
            operator: who.id,
          });
          const kept = await plans.keep(tx, letter, plan, municipality);
          if (kept) return kept;
          await updateUnit(tx.db, plan.unit, { municipality });
          units.changed(tx, plan.unit);
        }
        return undefined;
      });
      if (!(signed instanceof Fault)) await looks.plan();
      return signed;
    },
    async endPlan({ params, body, who }) {
      const ended = await change(who, params.client, async (tx, { row }) => {
        // In the words of whoever ends it somebody may be named: the log says that there were some.
        await line(tx, who, 'plan-over', row.alias, { why: 'plan-ended', letters: String(body.why.length) });
        const any = await carePlans.end(tx, row.client, 'plan-ended', by(who));
        return any ? undefined : new Fault('not-now', 'No plan of this client is signed or in force.');
      });
      if (!(ended instanceof Fault)) await looks.plan();
      return ended;
    },
    async endClient({ params, body, who }) {
      const ended = await change(who, params.client, async (tx, { row }) => {
        await line(tx, who, 'client-ended', row.alias);
        const why = sealer.seal(body.why, places.endedWhy(row.client));
        await endClientRow(tx.db, row.client, clock.now(), why);
        await carePlans.end(tx, row.client, 'client-ended', by(who));
        // Also where a plan came by the way of those who sign elsewhere.
        await parts.homes.stop(tx, row.alias, 'client-ended', by(who));
        return undefined;
      });
      if (!(ended instanceof Fault)) await looks.plan();
      return ended;
    },
    async register({ who }) {
      await audit.write(who.name, 'register-read', 'register', { operator: who.id });
      return { surveillance: await register(store.db, sealer, who.organisation, clock.now()) };
    },
    async exportRegister({ who }) {
      await audit.write(who.name, 'register-read', 'register', { as: 'csv', operator: who.id });
      return registerCsv(await register(store.db, sealer, who.organisation, clock.now()));
    },
  };
}

/** A deed that is refused has changed nothing, whatever it had written before. */
export async function refusable<Out>(store: Store, deed: (tx: Tx) => Promise<Out | Fault>): Promise<Out | Fault> {
  let refused: Fault | undefined;
  try {
    return await store.write(async (tx) => {
      const out = await deed(tx);
      if (!(out instanceof Fault)) return out;
      refused = out;
      throw out;
    });
  } catch (error) {
    if (refused && error === refused) return refused;
    throw error;
  }
}

/** «H-48213»: says nothing of anybody. */
async function freshAlias(db: Db): Promise<ClientAlias> {
  for (;;) {
    const alias = ClientAlias.parse(`H-${randomInt(10_000, 100_000)}`);
    if (!(await clientOfHome(db, alias)) && (await unitsOfClient(db, alias)).length === 0) return alias;
  }
}

const changedFields = (before: object, after: object): readonly string[] => {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => JSON.stringify(old.get(name)) !== JSON.stringify(now.get(name)),
  );
};

const consentDetails = ({ what, by, how, on, folderVersion }: GivenConsent) => ({
  what,
  by: by.type,
  how,
  on,
  folder: folderVersion,
});
