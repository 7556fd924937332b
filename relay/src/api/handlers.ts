/** What each route does: written in the audit log, then done. */
import type { DocumentFacts } from '@nattfrid/shared/desk/document-routes';
import type { Desk } from '@nattfrid/shared/desk/live-event';
import type { Asked } from '@nattfrid/shared/desk/routes';
import { coverageOf } from '@nattfrid/shared/domain/room-coverage';
import { Fault } from '@nattfrid/shared/fault/fault';
import { fingerprint } from '@nattfrid/shared/seal/fingerprint';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Refusals } from '../audit/refusals.ts';
import type { BreakGlasses } from '../break-glass/break-glass.ts';
import { withoutConsent } from '../care/without-consent.ts';
import type { Computers } from '../computers/computers.ts';
import type { ApiKeys } from '../connections/api-keys.ts';
import type { Webhooks } from '../connections/webhooks.ts';
import type { Consoles } from '../consoles/consoles.ts';
import type { Ending } from '../ending/ending.ts';
import type { Checklists } from '../follow-up/checklists.ts';
import type { FollowUp } from '../follow-up/follow-up.ts';
import type { Months } from '../follow-up/months.ts';
import type { Halts } from '../halts/halts.ts';
import type { Installations } from '../installations/installations.ts';
import type { LogChecks } from '../log-check/log-checks.ts';
import type { JoinLook } from '../looks/join-look.ts';
import { lackingForAlarm, lackingForLook } from '../looks/lacking.ts';
import type { OpenLook } from '../looks/open-look.ts';
import type { WishMode } from '../looks/wish-mode.ts';
import { addOperator } from '../operators/add-operator.ts';
import type { Operators, Present } from '../operators/operators.ts';
import { makePassword } from '../operators/password.ts';
import type { Sealer } from '../operators/sealer.ts';
import type { Staff } from '../operators/staff.ts';
import type { Agreements } from '../organisations/agreements.ts';
import type { UnitFor } from '../organisations/seen.ts';
import type { Training } from '../organisations/training.ts';
import type { Pairing } from '../pairing/pairing.ts';
import type { WorkOrders } from '../pairing/work-orders.ts';
import type { MunicipalityKeys } from '../plans/municipality-keys.ts';
import { notForUnit } from '../plans/plan-for-unit.ts';
import type { Plans } from '../plans/plans.ts';
import type { Push } from '../push/push.ts';
import { lackingDetails, needsConfirming, nothingLacks } from '../record/lacking.ts';
import type { Rollouts } from '../rollout/rollouts.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Receivers } from '../scaip/receivers.ts';
import type { Serve } from '../serve/serve.ts';
import type { Stocks } from '../stock/stock.ts';
import { findUnit, updateUnit } from '../store/units-table.ts';
import { addUnit } from '../units/add-unit.ts';
import { newToken, removeUnit, replaceUnit } from '../units/end-unit.ts';
import { allTokens } from '../units/tokens.ts';
import type { UnitHours } from '../units/unit-hours.ts';
import type { Units } from '../units/units.ts';
import { auditHandlers } from './audit-handlers.ts';
import { breakGlassHandlers } from './break-glass-handlers.ts';
import { type CareParts, careHandlers } from './care-handlers.ts';
import { checklistHandlers } from './checklist-handlers.ts';
import { connectionsHandlers } from './connections-handlers.ts';
import { documentHandlers } from './document-handlers.ts';
import { exerciseHandlers } from './exercise-handlers.ts';
import { followUpHandlers } from './follow-up-handlers.ts';
import { haltHandlers } from './halt-handlers.ts';
import type { ApiHandlers, Request } from './handler.ts';
import { homeHandlers } from './home-handlers.ts';
import { installationHandlers } from './installation-handlers.ts';
import { municipalityHandlers } from './key-handlers.ts';
import { monthHandlers } from './month-handlers.ts';
import { type NightParts, nightHandlers } from './night-handlers.ts';
import { organisationHandlers } from './organisation-handlers.ts';
import { ownSignInHandlers } from './own-sign-in-handlers.ts';
import { pushHandlers } from './push-handlers.ts';
import { rolloutHandlers } from './rollout-handlers.ts';
import { scaipHandlers } from './scaip-handlers.ts';
import { serveHandlers } from './serve-handlers.ts';
import { type SignInParts, signInHandlers } from './sign-in-handlers.ts';
import { stockHandlers } from './stock-handlers.ts';
import { visitHandlers } from './visit-handlers.ts';
import { workOrderHandlers } from './work-order-handlers.ts';

interface HandlerParts extends NightParts, SignInParts, Pick<CareParts, 'sealer' | 'carePlans' | 'homes' | 'newId'> {
  readonly operators: Operators;
  readonly staff: Staff;
  readonly ending: Ending;
  readonly installations: Installations;
  readonly openLook: OpenLook;
  readonly joinLook: JoinLook;
  readonly wishMode: WishMode;
  readonly units: Units;
  readonly plans: Plans;
  readonly municipalityKeys: MunicipalityKeys;
  readonly rooms: Rooms;
  readonly halts: Halts;
  readonly consoles: Consoles;
  readonly followUp: FollowUp;
  readonly months: Months;
  readonly checklists: Checklists;
  readonly training: Training;
  readonly logChecks: LogChecks;
  readonly keepDays: DocumentFacts['keepDays'];
  readonly version: string;
  readonly stocks: Stocks;
  readonly workOrders: WorkOrders;
  /** Absent where this relay has no authority for units. */
  readonly pairing: Pairing | undefined;
  readonly serve: Serve;
  readonly unitHours: UnitHours;
  readonly rollouts: Rollouts;
  readonly receivers: Receivers;
  readonly push: Push;
  readonly webhooks: Webhooks;
  readonly apiKeys: ApiKeys;
  readonly deskFor: (who: Present) => Promise<Desk>;
  readonly unitFor: UnitFor;
  readonly agreements: Agreements;
  readonly signInSealer: Sealer;
  readonly breakGlasses: BreakGlasses;
  readonly computers: Computers;
  readonly refusals: Refusals;
}

/** Each as one deed: what is refused after its line was written is told as refused. */
export function apiHandlers(parts: HandlerParts): ApiHandlers {
  const deeds = Object.entries(handlers(parts)).map(([name, handler]) => [
    name,
    (request: never) => parts.audit.deed(() => (handler as (request: never) => Promise<unknown>)(request)),
  ]);
  return Object.fromEntries(deeds) as ApiHandlers;
}

const handlers = (parts: HandlerParts): ApiHandlers => ({
  ...signInHandlers(parts),
  ...ownSignInHandlers(parts),
  ...auditHandlers(parts),
  ...alarmHandlers(parts),
  ...lookHandlers(parts),
  ...planHandlers(parts),
  ...keyHandlers(parts),
  ...municipalityHandlers(parts),
  ...roomHandlers(parts),
  ...haltHandlers(parts),
  ...consoleHandlers(parts),
  ...peopleHandlers(parts),
  ...unitHandlers(parts),
  ...followUpHandlers(parts),
  ...monthHandlers(parts),
  ...checklistHandlers(parts),
  ...exerciseHandlers(parts),
  ...documentHandlers(parts),
  ...installationHandlers(parts),
  ...stockHandlers(parts),
  ...workOrderHandlers(parts),
  ...serveHandlers(parts),
  ...rolloutHandlers(parts),
  ...nightHandlers(parts),
  ...visitHandlers(parts),
  ...scaipHandlers(parts),
  ...pushHandlers(parts),
  ...connectionsHandlers(parts),
  ...careHandlers(parts),
  ...homeHandlers(parts),
  ...breakGlassHandlers(parts),
  desk: async ({ who }) => parts.deskFor(who),
  async unit({ params, who }) {
    const view = await parts.units.view(parts.store.db, params.unit);
    return (view && parts.unitFor(who, view)) ?? new Fault('not-found', `There is no unit ${params.unit}.`);
  },
  ...organisationHandlers(parts),
});

const alarmHandlers = ({
  store,
  audit,
  alarms,
  looks,
  visits,
  teams,
}: HandlerParts): Pick<ApiHandlers, 'takeAlarm' | 'closeAlarm'> => ({
  async takeAlarm({ params, body, who }) {
    await audit.write(who.name, 'alarm-taken', params.alarm, { operator: who.id, ...(body.over && { over: 'yes' }) });
    return store.write(async (tx) => {
      const taken = await alarms.take(tx, params.alarm, who, body.over);
      const team = teams.teamOf(who.id);
      if (!(taken instanceof Fault) && team?.kind === 'car') await visits.carTaken(tx, team.team);
      return taken;
    });
  },
  async closeAlarm({ params, body, who }) {
    const { verdict, confirmed } = body;
    const lacking = verdict === 'all-well' ? await lackingForAlarm(store.db, params.alarm, who) : nothingLacks;
    const asks = confirmed ? undefined : needsConfirming(lacking);
    if (asks) return asks;
    await audit.write(who.name, 'alarm-closed', params.alarm, {
      verdict,
      operator: who.id,
      ...lackingDetails(lacking),
    });
    return store.write(async (tx) => {
      const alarm = await alarms.close(tx, params.alarm, who, verdict);
      if (!(alarm instanceof Fault)) await looks.alarmClosed(tx, params.alarm);
      return alarm;
    });
  },
});

const lookHandlers = (
  parts: HandlerParts,
): Pick<ApiHandlers, 'openLook' | 'joinLook' | 'leaveLook' | 'wishMode' | 'closeLook' | 'giveVerdict'> => {
  const { store, audit, looks, consoles, rounds, night, installations } = parts;
  return {
    async openLook({ body, who }) {
      const proofs = [body, ...(body.beside ?? [])].map(({ console: proof }) => proof);
      const other = body.reason.type === 'window' ? await rounds.mayOpen(store.db, body.unit, who) : undefined;
      const own =
        body.reason.type === 'test' ? await installations.mayAnswer(store.db, body.reason.order, who) : undefined;
      const refused = other ?? own ?? (await consoles.mayLook(who, proofs));
      if (refused) return refused;
      const opened = await parts.openLook(body, who);
      if (!(opened instanceof Fault) && (await rounds.opened(store.db, body.unit))) await night.tell();
      return opened;
    },
    async joinLook({ params, body, who }) {
      return (await consoles.mayLook(who, [body.console])) ?? parts.joinLook.join(params.look, body, who);
    },
    leaveLook: ({ params, who }) => parts.joinLook.leave(params.look, who),
    wishMode: ({ params, body, who }) => parts.wishMode(params.look, body, who),
    async closeLook({ params, body, who }) {
      await audit.write(who.name, 'look-closed', params.look, { ...(body.why && { why: body.why }), operator: who.id });
      return store.write((tx) => looks.close(tx, params.look, who, body.why));
    },
    async giveVerdict({ params, body, who }) {
      const { verdict, confirmed } = body;
      const lacking =
        verdict === 'all-well' ? await lackingForLook(store.db, parts.plans, params.look, who) : nothingLacks;
      const asks = confirmed ? undefined : needsConfirming(lacking);
      if (asks) return asks;
      await audit.write(who.name, 'verdict-given', params.look, {
        verdict,
        operator: who.id,
        ...lackingDetails(lacking),
      });
      return store.write((tx) => looks.verdict(tx, params.look, verdict, who));
    },
  };
};

const keyHandlers = ({ audit, units, store }: HandlerParts): Pick<ApiHandlers, 'keyChanged'> => ({
  async keyChanged({ params, body, who }) {
    if (!(await units.client(store.db, params.unit))) return new Fault('not-found', `There is no unit ${params.unit}.`);
    const [known, told] = await Promise.all([body.known, body.told].map((key) => fingerprint(fromBase64Url(key))));
    await audit.write(who.name, 'key-changed', params.unit, {
      known: known ?? '',
      told: told ?? '',
      operator: who.id,
    });
    return {};
  },
});

const planHandlers = ({
  store,
  audit,
  plans,
  units,
  looks,
  homes,
  sealer,
}: HandlerParts): Pick<ApiHandlers, 'plan' | 'sendPlan'> => ({
  async plan({ params, who }) {
    await audit.write(who.name, 'plan-read', params.unit, { operator: who.id });
    const held = await plans.of(store.db, params.unit);
    if (!held) return {};
    const { plan, letter, municipality: name } = held;
    const key = plans.keyOf(name);
    return { plan, letter, ...(key && { municipality: { name, key } }) };
  },
  async sendPlan({ params, body, who }: Request<'sendPlan'>) {
    const opened = await openFor(plans, params.unit, body);
    if (opened instanceof Fault) return opened;
    const { plan, municipality } = opened;
    const row = await findUnit(store.db, plan.unit);
    if (!row) return new Fault('not-found', `There is no unit ${plan.unit}.`);
    const refused = notForUnit(row, plan, municipality) ?? (await withoutConsent(store.db, sealer, row.client));
    if (refused) return refused;
    await audit.write(who.name, 'plan-sent', plan.unit, {
      plan: plan.plan,
      version: String(plan.version),
      municipality,
      operator: who.id,
    });
    const fault = await store.write(async (tx) => {
      const kept = await plans.keep(tx, body, plan, municipality);
      if (kept) return kept;
      await updateUnit(tx.db, plan.unit, { municipality });
      await homes.signedAnew(tx, row.client);
      units.changed(tx, plan.unit);
      return kept;
    });
    if (fault) return fault;
    await looks.plan();
    return { plan };
  },
});

const roomHandlers = ({
  store,
  audit,
  units,
  rooms,
}: HandlerParts): Pick<ApiHandlers, 'room' | 'confirmRoom' | 'secondRoom'> => ({
  async room({ params, who }) {
    await audit.write(who.name, 'room-read', params.unit, { operator: who.id });
    return rooms.of(store.db, params.unit);
  },
  async confirmRoom({ params, body, who }) {
    const { unit } = params;
    if (!(await units.client(store.db, unit))) return new Fault('not-found', `There is no unit ${unit}.`);
    const fault = rooms.check(body.room);
    if (fault) return fault;
    const { beds, exits, floor, masks } = body.room;
    const drawn = { beds: beds.length, exits: exits.length, floor: floor ? 1 : 0, masks: masks.length };
    const details = Object.fromEntries(Object.entries(drawn).map(([part, many]) => [part, String(many)]));
    const coverage = coverageOf(body.room);
    const place = (await findUnit(store.db, unit))?.place;
    const agreed = {
      ...(place && { place }),
      ...(coverage && { agreed: coverage.what, coverage: String(coverage.score) }),
    };
    return store.write(async (tx) => {
      const { version, waits } = await rooms.confirm(tx, unit, body, who);
      const waiting = waits ? { waits: 'second-person' } : {};
      // In the same transaction: on the disk before the unit is told, and with the version that it got.
      await audit.append(tx, who.name, 'room-confirmed', unit, {
        version: String(version),
        ...details,
        ...agreed,
        ...waiting,
        operator: who.id,
      });
      units.changed(tx, unit);
      return rooms.of(tx.db, unit);
    });
  },
  secondRoom: ({ params: { unit }, body, who }) =>
    store.write(async (tx) => {
      const seconded = await rooms.second(tx, unit, body, who);
      if (seconded instanceof Fault) return seconded;
      // On the disk with it, and before the unit is told.
      await audit.append(tx, who.name, 'room-seconded', unit, { version: String(body.version), first: seconded.first });
      units.changed(tx, unit);
      return rooms.of(tx.db, unit);
    }),
});

const consoleHandlers = ({
  consoles,
}: HandlerParts): Pick<
  ApiHandlers,
  | 'registerConsole'
  | 'consoles'
  | 'confirmConsole'
  | 'doubtConsole'
  | 'withdrawConsole'
  | 'shareConsole'
  | 'unshareConsole'
> => ({
  registerConsole: ({ body, who }) => consoles.register(who, body),
  consoles: async ({ who }) => ({ consoles: await consoles.for(who) }),
  confirmConsole: ({ body, who }) => consoles.confirm(who, body),
  doubtConsole: ({ body, who }) => consoles.doubt(who, body),
  withdrawConsole: ({ body, who }) => consoles.withdraw(who, body),
  async shareConsole({ body, who }) {
    const shared = await consoles.share(who, body.console, body.lockMinutes);
    return shared instanceof Fault ? shared : { consoles: shared };
  },
  async unshareConsole({ body, who }) {
    const shared = await consoles.share(who, body.console, undefined);
    return shared instanceof Fault ? shared : { consoles: shared };
  },
});

const peopleHandlers = ({
  operators,
  staff,
  ending,
  audit,
}: HandlerParts): Pick<
  ApiHandlers,
  | 'people'
  | 'addPerson'
  | 'newPassword'
  | 'endSession'
  | 'endSessions'
  | 'setRole'
  | 'resetSecondFactor'
  | 'removePerson'
> => {
  /** What has been ended is put out before the answer. */
  const done = async (fault: Fault | undefined) => {
    await ending.check();
    return fault ?? {};
  };
  return {
    async people({ who }) {
      await audit.write(who.name, 'people-read', 'people', { operator: who.id });
      return { people: await staff.all(who.session, who.organisation) };
    },
    async addPerson({ body, who }) {
      const password = makePassword();
      const added = await addOperator({ audit, operators }, { ...body, organisation: who.organisation }, password, who);
      return added instanceof Fault ? added : { password };
    },
    async newPassword({ params, who }) {
      const password = makePassword();
      const fault = await staff.setPassword(who, params.person, password);
      await ending.check();
      return fault ?? { password };
    },
    endSession: async ({ params, who }) => done(await staff.endSession(who, params.session)),
    endSessions: async ({ params, who }) => done(await staff.endSessions(who, params.person)),
    setRole: async ({ params, body, who }) => done(await staff.setRole(who, params.person, body.role)),
    resetSecondFactor: async ({ params, who }) => done(await staff.resetSecondFactor(who, params.person)),
    removePerson: async ({ params, who }) => done(await staff.remove(who, params.person)),
  };
};

const unitHandlers = (
  parts: HandlerParts,
): Pick<ApiHandlers, 'tokens' | 'addUnit' | 'replaceUnit' | 'newToken' | 'removeUnit'> => ({
  tokens: async ({ who }) => ({ tokens: await allTokens(parts.store.db, who.organisation) }),
  async addUnit({ body, who }) {
    const made = await addUnit(parts, { ...body, organisation: who.organisation }, who);
    await parts.ending.check();
    return made;
  },
  async replaceUnit({ params, body, who }) {
    const made = await replaceUnit(parts, who, params.unit, body.publicKey);
    await parts.ending.check();
    await parts.carePlans.tick();
    return made;
  },
  async newToken({ params, who }) {
    const made = await newToken(parts, who, params.unit);
    await parts.ending.check();
    return made;
  },
  async removeUnit({ params, who }) {
    const fault = await removeUnit(parts, who, params.unit);
    await parts.ending.check();
    await parts.carePlans.tick();
    return fault ?? {};
  },
});

async function openFor(plans: Plans, unit: string, letter: Asked<'sendPlan'>) {
  const opened = await plans.open(letter);
  if (opened instanceof Fault || opened.plan.unit === unit) return opened;
  return new Fault('request-invalid', `This plan is for the unit ${opened.plan.unit}, and was sent for ${unit}.`);
}
