/**
 * Which things of which organisation each route names. What stands in a path by a name that is known here (`:unit`, `:alarm` …) is
 * guarded without a word; every other route must say here how it keeps to the organisation of whoever asks, or nothing compiles.
 */

import { BreakGlassId } from '@nattfrid/shared/desk/break-glass';
import type { Asked, Params, RouteName, routes } from '@nattfrid/shared/desk/routes';
import { AlarmId, type ClientAlias, LookId, VisitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { findAgreement } from '../store/agreements-table.ts';
import { findAlarm } from '../store/alarms-table.ts';
import { findBreakGlass } from '../store/break-glass-table.ts';
import type { Db } from '../store/database.ts';
import { findLook } from '../store/looks-table.ts';
import { findVisit } from '../store/visits-table.ts';
import { findTicket, findWorkOrder } from '../store/work-orders-table.ts';
import type { Thing } from './reach.ts';
import type { ReachNow } from './reach-now.ts';
import { alarmThing, lookThing, ownThing, unitThing, visitThing } from './things.ts';

/** Something that a request names: whose it is, undefined where there is no such thing, and what whoever may not reach it is told. */
export interface Named {
  readonly thing: Thing | undefined;
  readonly absent: string;
  /** What break-glass may open, and in whose home. */
  readonly opened?: { readonly client: ClientAlias; readonly subject: string };
}

interface Around {
  readonly db: Db;
  readonly reach: Pick<ReachNow, 'unit' | 'person' | 'alias'>;
  /** Whose session it is. */
  readonly sessionOf: (session: string) => Promise<string | undefined>;
}

const find = {
  async unit(unit: string, { reach }: Around): Promise<Named> {
    const organisation = reach.unit(unit);
    return {
      thing: organisation === undefined ? undefined : unitThing(organisation),
      absent: `There is no unit ${unit}.`,
    };
  },
  async alarm(alarm: string, { db, reach }: Around): Promise<Named> {
    const known = await findAlarm(db, AlarmId.parse(alarm));
    const organisation = known && reach.unit(known.facts.unit);
    const held = known && known.name !== 'raised' ? { takenById: known.taken.id } : {};
    return {
      thing: organisation === undefined ? undefined : alarmThing(organisation, held),
      absent: 'There is no such alarm.',
      ...(known && { opened: { client: known.facts.client, subject: alarm } }),
    };
  },
  async look(look: string, { db, reach }: Around): Promise<Named> {
    const known = await findLook(db, LookId.parse(look));
    const organisation = known && reach.unit(known.facts.unit);
    const opened = known && 'opened' in known ? known.opened : undefined;
    const thing = organisation === undefined || !known ? undefined : lookThing(organisation, known.facts);
    const heldBy = opened ? [opened.operator.id, ...(opened.joined ?? []).map(({ id }) => id)] : [];
    return { thing: thing && { ...thing, heldBy }, absent: 'There is no such look.' };
  },
  async visit(visit: string, { db, reach }: Around): Promise<Named> {
    const known = await findVisit(db, VisitId.parse(visit));
    const organisation = known && reach.unit(known.facts.unit);
    return {
      thing: organisation === undefined ? undefined : visitThing(organisation),
      absent: 'There is no such visit.',
    };
  },
  async person(person: string, { reach }: Around): Promise<Named> {
    const known = reach.person(person);
    return { thing: known && ownThing(known.organisation), absent: 'There is no such person.' };
  },
  async session(session: string, { reach, sessionOf }: Around): Promise<Named> {
    const person = await sessionOf(session);
    const known = person === undefined ? undefined : reach.person(person);
    return { thing: known && ownThing(known.organisation), absent: 'This session is over already.' };
  },
  /** Granted, declined and reviewed by the people of whose client it is, alone. */
  async access(access: string, { db }: Around): Promise<Named> {
    const known = await findBreakGlass(db, BreakGlassId.parse(access));
    return { thing: known && ownThing(known.state.facts.organisation), absent: 'There is no such access.' };
  },
  async order(order: string, { db }: Around): Promise<Named> {
    const known = await findWorkOrder(db, order);
    return { thing: known && ownThing(known.facts.organisation), absent: 'There is no such work order.' };
  },
  async ticket(ticket: string, { db }: Around): Promise<Named> {
    const known = await findTicket(db, ticket);
    return { thing: known && ownThing(known.organisation), absent: 'There is no such pairing.' };
  },
  async agreement(agreement: string, { db }: Around): Promise<Named> {
    const known = await findAgreement(db, agreement);
    return { thing: known && ownThing(known.municipality), absent: 'There is no such agreement.' };
  },
} as const;

type Kind = keyof typeof find;
/** `unit` of «/api/units/:unit/plan». */
type NamesIn<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | NamesIn<`/${More}`>
    : Rest
  : never;
type Guarded<Path extends string> = [NamesIn<Path>] extends [never] ? false : NamesIn<Path> extends Kind ? true : false;
/** Routes whose path names nothing, or something that is not guarded by its name. */
type Unnamed = {
  [Name in RouteName]: Guarded<(typeof routes)[Name]['path']> extends true ? never : Name;
}[RouteName];

/**
 * `nobodys`: nothing in it belongs to an organisation. `own`: its handler takes and gives what is of the organisation of whoever asks,
 * and no more. A function: what the request names.
 */
type Guard<Name extends RouteName> =
  | 'nobodys'
  | 'own'
  | ((
      asked: { readonly params: Params<Name>; readonly body: Asked<Name> },
      around: Around,
    ) => Promise<readonly Named[]>);

const consoleOf = async (operator: string, { reach }: Around): Promise<readonly Named[]> => {
  const organisation = reach.alias(operator);
  return [
    { thing: organisation === undefined ? undefined : ownThing(organisation), absent: 'There is no such console.' },
  ];
};

const guards: { readonly [Name in Unnamed]: Guard<Name> } = {
  signIn: 'nobodys',
  signInByCode: 'nobodys',
  signInWithout: 'nobodys',
  askForPasskey: 'nobodys',
  signInByPasskey: 'nobodys',
  signOut: 'nobodys',
  me: 'nobodys',
  stepUpByCode: 'own',
  askForOwnPasskey: 'own',
  stepUpByPasskey: 'own',
  ownSignIn: 'own',
  newsRead: 'own',
  changePassword: 'own',
  makePasskey: 'own',
  addPasskey: 'own',
  removePasskey: 'own',
  makeCodes: 'own',
  addCodes: 'own',
  newRecoveryCodes: 'own',
  removeCodes: 'own',
  desk: 'own',
  async openLook({ body }, around) {
    const { unit, reason, look, beside = [] } = body;
    const { thing, absent } = await find.unit(unit, around);
    const meant = look ? await find.look(look, around) : undefined;
    return [
      // With what it is opened for: an agreement about looks is none about alarms.
      { thing: thing && { ...lookThing(thing.organisation, { reason }), heldBy: meant?.thing?.heldBy ?? [] }, absent },
      ...(meant ? [meant] : []),
      ...(reason.type === 'alarm' ? [await find.alarm(reason.alarm, around)] : []),
      ...(await Promise.all(beside.map((one) => find.unit(one.unit, around)))),
    ];
  },
  registerConsole: 'own',
  consoles: 'own',
  confirmConsole: ({ body }, around) => consoleOf(body.operator, around),
  doubtConsole: ({ body }, around) => consoleOf(body.operator, around),
  withdrawConsole: ({ body }, around) => consoleOf(body.operator, around),
  people: 'own',
  addPerson: 'own',
  tokens: 'own',
  addUnit: 'own',
  audit: 'own',
  exportAudit: 'own',
  organisations: 'own',
  agreements: 'own',
  addAgreement: 'own',
  signInWays: 'nobodys',
  signInSettings: 'own',
  setSignIn: 'own',
  teams: 'own',
  addTeam: 'own',
  changeTeam: 'own',
  removeTeam: 'own',
  namedTeams: 'own',
  checkedAccesses: 'own',
  alarmLine: 'own',
  setAlarmLine: 'own',
  joinShift: 'own',
  leaveShift: 'own',
  handOver: 'own',
  readHandover: 'own',
  nextLook: 'own',
  workLoad: 'own',
  myPush: 'own',
  turnOnPush: 'own',
  turnOffPush: 'own',
  tryPush: 'own',
  seenForgotten: 'own',
  pushSetting: 'own',
  setPushSetting: 'own',
  connections: 'own',
  addWebhook: 'own',
  setWebhook: 'own',
  newWebhookSecret: 'own',
  tryWebhook: 'own',
  seeToWebhook: 'own',
  removeWebhook: 'own',
  addApiKey: 'own',
  revokeApiKey: 'own',
  listAlarms: 'own',
  listLooks: 'own',
  listVisits: 'own',
  exportOutcomes: 'own',
  importPeople: 'own',
  statistics: 'own',
  exportStatistics: 'own',
  exportBilling: 'own',
  logChecks: 'own',
  makeLogCheck: 'own',
  checkAccess: 'own',
  signOffLogCheck: 'own',
  clientExtract: 'own',
  firstSteps: 'own',
  months: 'own',
  month: 'own',
  checklists: 'own',
  changeChecklist: 'own',
  beginChecklist: 'own',
  tickChecklist: 'own',
  exercises: 'own',
  beginExercise: 'own',
  tellExercise: 'own',
  showTraining: 'own',
  answerQuestionnaire: 'own',
  questionnaires: 'own',
  documentFacts: 'own',
  setContact: 'own',
  stock: 'own',
  addStockItem: 'own',
  moveStockItem: 'own',
  setStockLocation: 'own',
  exportStock: 'own',
  reconcileStock: 'own',
  planSwap: 'own',
  addLabels: 'own',
  keepWipe: 'own',
  workOrders: 'own',
  addWorkOrder: 'own',
  moveSwap: 'own',
  clients: 'own',
  client: 'own',
  addClient: 'own',
  changeClient: 'own',
  decide: 'own',
  giveConsent: 'own',
  withdrawConsent: 'own',
  pauseSupervision: 'own',
  endPause: 'own',
  visitCard: 'own',
  draftPlan: 'own',
  signPlan: 'own',
  endPlan: 'own',
  endClient: 'own',
  register: 'own',
  exportRegister: 'own',
  askBreakGlass: 'own',
  endBreakGlass: 'own',
  breakGlasses: 'own',
  lockConsole: 'nobodys',
  shareConsole: 'own',
  unshareConsole: 'own',
  municipalityKey: 'own',
  setMunicipalityKey: 'own',
  keepKeyLetter: 'own',
  shadowEvents: 'own',
  receivers: 'own',
  saveReceiver: 'own',
  removeReceiver: 'own',
  testReceiver: 'own',
};

/** As each of them is called. */
type AnyGuard =
  | 'nobodys'
  | 'own'
  | ((asked: { readonly params: never; readonly body: never }, around: Around) => Promise<readonly Named[]>);

/** @returns what the request names; an empty list where its handler keeps to the own organisation by itself */
export async function namedBy(
  name: RouteName,
  asked: { readonly params: unknown; readonly body: unknown },
  around: Around,
): Promise<readonly Named[]> {
  const params = Object.entries(asked.params as Readonly<Record<string, string>>);
  const inPath = params.filter(([kind]) => Object.hasOwn(find, kind)) as [Kind, string][];
  const all: Readonly<Partial<Record<RouteName, AnyGuard>>> = guards;
  const guard = all[name];
  const named = typeof guard === 'function' ? await guard(asked as never, around) : [];
  return [...(await Promise.all(inPath.map(([kind, value]) => find[kind](value, around)))), ...named];
}

export const notThere = ({ absent }: Named): Fault => new Fault('not-found', absent);
