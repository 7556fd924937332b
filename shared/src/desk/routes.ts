/** Pure. THE table of the API: name > method, path, what goes in, what comes out, and the action that it is, which says who may. */
import { z } from 'zod';
import { AlarmId, ClientAlias, LookId, OperatorAlias, UnitId, VisitId } from '../domain/ids.ts';
import { Reason, Verdict } from '../domain/look.ts';
import { Mode, Plan } from '../domain/plan.ts';
import { Room } from '../domain/room.ts';
import { Base64Url } from '../wire/bytes.ts';
import { Withdrawal } from '../wire/console-list.ts';
import { Confirmation, ConsoleProof, RoomProof, VoucherLetter, WishProof } from '../wire/console-proof.ts';
import { PlanLetter } from '../wire/plan-letter.ts';
import { AlarmView } from './alarm-view.ts';
import { Assurance } from './assurance.ts';
import { breakGlassRoutes } from './break-glass-routes.ts';
import { careRoutes } from './care-routes.ts';
import { checklistRoutes } from './checklist-routes.ts';
import { computerRoutes } from './computer-routes.ts';
import { connectionsRoutes } from './connections-routes.ts';
import { ConsoleView } from './console-view.ts';
import { documentRoutes } from './document-routes.ts';
import { exerciseRoutes } from './exercise-routes.ts';
import { followUpRoutes } from './follow-up-routes.ts';
import { haltRoutes } from './halt-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { Desk } from './live-event.ts';
import { LookView } from './look-view.ts';
import { monthRoutes } from './month-routes.ts';
import { nightRoutes } from './night-routes.ts';
import { organisationRoutes } from './organisation-routes.ts';
import { PersonView } from './person-view.ts';
import { pushRoutes } from './push-routes.ts';
import { Role } from './role.ts';
import { rolloutRoutes } from './rollout-routes.ts';
import { RoomView } from './room-view.ts';
import { none, type Route } from './route.ts';
import { scaipRoutes } from './scaip-routes.ts';
import { serveRoutes } from './serve-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { stockRoutes } from './stock-routes.ts';
import { TokenView } from './token-view.ts';
import { UnitView } from './unit-view.ts';
import { MoveAsked, VisitView } from './visit-view.ts';
import { installationRoutes, workOrderRoutes } from './work-order-routes.ts';

export const AuditLine = z
  .object({
    number: z.int(),
    at: z.iso.datetime(),
    who: z.string(),
    what: z.string(),
    subject: z.string(),
    details: z.record(z.string(), z.string()),
    hash: z.string(),
  })
  .readonly();
export type AuditLine = z.infer<typeof AuditLine>;

/** Which lines of the audit log are meant; in the query. Each that is given must hold. */
export const AuditAsked = z
  .object({
    before: z.coerce.number().int().min(1).optional().describe('Only lines with a lower number'),
    who: z.string().min(1).max(200).optional().describe('Exactly this one'),
    what: z.string().min(1).max(60).optional().describe('Exactly this'),
    subject: z.string().min(1).max(200).optional().describe('Any part of what it is about'),
    from: z.iso.datetime().optional().describe('Written then or later'),
    to: z.iso.datetime().optional().describe('Written before then'),
  })
  .readonly();
export type AuditAsked = z.infer<typeof AuditAsked>;

/** Another camera of a home that is looked into, with a key of its own. */
export const BesideAsked = z
  .object({
    unit: UnitId,
    operatorKey: Base64Url.length(43),
    /** Of this unit's own plan, where the look that leads is for an alarm: it is what the console has signed for. Else the lead's. */
    window: z.string().min(1).max(40).optional(),
    console: ConsoleProof.optional(),
  })
  .readonly();
export type BesideAsked = z.infer<typeof BesideAsked>;

/** `confirmed`: the person was asked once more, because what was seen was too little, and has said so again. */
export const Judged = z.object({ verdict: Verdict, confirmed: z.literal(true).optional() }).readonly();

/** What every error answer looks like; `code` is from the table of faults. */
export const ErrorAnswer = z
  .object({
    code: z.string(),
    words: z.string(),
    why: z.string().max(60).optional().describe('Where the code says too little for a screen: one word more'),
    needs: Assurance.optional().describe('With `assurance-low`: the level that is needed'),
    anyway: z
      .literal(true)
      .optional()
      .describe('With `assurance-low`: this can be asked for all the same, because of the alarm'),
  })
  .readonly();

/** A console of an operator, by how units call the operator and by its key. */
const namedConsole = { operator: OperatorAlias, console: Base64Url.length(43) } as const;

const person = z.object({ person: z.string().min(1).max(100) }).readonly();

/** `params` stand in the path as :name, and those that do not in the query; `body` is JSON. Sessions are cookies, set by sign-in. */
export const routes = {
  ...nightRoutes,
  ...pushRoutes,
  ...connectionsRoutes,
  ...signInRoutes,
  desk: { method: 'GET', path: '/api/desk', params: none, body: none, answer: Desk, action: 'see-desk' },
  takeAlarm: {
    method: 'POST',
    path: '/api/alarms/:alarm/take',
    params: z.object({ alarm: AlarmId }).readonly(),
    body: z
      .object({
        over: z.literal(true).optional().describe('Also from a colleague who has it; without it that is refused'),
      })
      .readonly(),
    answer: AlarmView,
    action: 'answer-alarms',
  },
  /**
   * Closes an alarm with a verdict; «help needed» makes a visit, «not seen» as well. «All well» of an alarm that a colleague has
   * taken, or for which nothing has been shown, is refused `needs-confirming` until the person has said it once more.
   */
  closeAlarm: {
    method: 'POST',
    path: '/api/alarms/:alarm/close',
    params: z.object({ alarm: AlarmId }).readonly(),
    body: Judged,
    answer: AlarmView,
    action: 'answer-alarms',
  },
  /**
   * Opens a look that is due, or for an alarm, and beside it one on each other unit of the same home for which a key is given and
   * whose plan has that window now. Each key is the console's own, fresh for each camera. The answer is the look that leads.
   * `untrusted`: the console knows another key of `unit`, which is not asked then; the looks beside it are opened all the same.
   */
  openLook: {
    method: 'POST',
    path: '/api/looks/open',
    params: none,
    body: z
      .object({
        unit: UnitId,
        reason: Reason,
        look: LookId.optional(),
        operatorKey: Base64Url.length(43),
        /** Passed on to the unit as it is. */
        console: ConsoleProof.optional(),
        beside: z.array(BesideAsked).max(7).readonly().optional(),
        untrusted: z.literal(true).optional(),
        anyway: z
          .literal(true)
          .optional()
          .describe('For an alarm alone: although the level of the session is too low. Written in the log as that'),
      })
      .readonly(),
    answer: LookView,
    action: 'look',
  },
  /** A colleague sees an open look too, with a key of the own console; whoever opened it goes on deciding about it. */
  joinLook: {
    method: 'POST',
    path: '/api/looks/:look/join',
    params: z.object({ look: LookId }).readonly(),
    /** `console` is passed on to the unit as it is. */
    body: z.object({ operatorKey: Base64Url.length(43), console: ConsoleProof.optional() }).readonly(),
    answer: LookView,
    action: 'look',
  },
  leaveLook: {
    method: 'POST',
    path: '/api/looks/:look/leave',
    params: z.object({ look: LookId }).readonly(),
    body: none,
    answer: LookView,
    action: 'look',
  },
  /** Whoever opened it would rather have the person shown another way. The unit decides; what it says stands in the look. */
  wishMode: {
    method: 'POST',
    path: '/api/looks/:look/mode',
    params: z.object({ look: LookId }).readonly(),
    body: z.object({ mode: Mode, console: WishProof.optional() }).readonly(),
    answer: LookView,
    action: 'look',
  },
  closeLook: {
    method: 'POST',
    path: '/api/looks/:look/close',
    params: z.object({ look: LookId }).readonly(),
    /** `key-changed`: what came was not signed by the unit that this console knows. */
    body: z.object({ why: z.literal('key-changed').optional() }).readonly(),
    answer: LookView,
    action: 'look',
  },
  /** «All well» of a home with a camera that has shown nothing is refused `needs-confirming` until it is said once more. */
  giveVerdict: {
    method: 'POST',
    path: '/api/looks/:look/verdict',
    params: z.object({ look: LookId }).readonly(),
    body: Judged,
    answer: LookView,
    action: 'look',
  },
  moveVisit: {
    method: 'POST',
    path: '/api/visits/:visit/move',
    params: z.object({ visit: VisitId }).readonly(),
    body: MoveAsked,
    answer: VisitView,
    action: 'make-visits',
  },
  /** With all its figures: the live stream may leave them out. */
  unit: {
    method: 'GET',
    path: '/api/units/:unit',
    params: z.object({ unit: UnitId }).readonly(),
    body: none,
    answer: UnitView,
    action: 'see-desk',
  },
  plan: {
    method: 'GET',
    path: '/api/units/:unit/plan',
    params: z.object({ unit: UnitId }).readonly(),
    body: none,
    /** `letter`: the plan as it was signed, and whose key the relay says it was: the console checks it against the key it knows. */
    answer: z
      .object({
        plan: Plan.optional(),
        letter: PlanLetter.optional(),
        municipality: z
          .object({ name: z.string().max(40), key: Base64Url.length(43) })
          .readonly()
          .optional(),
      })
      .readonly(),
    action: 'read-plan',
  },
  /** The unit's key is not the one that this console knows: written in the audit log; no look is asked for. */
  keyChanged: {
    method: 'POST',
    path: '/api/units/:unit/key-changed',
    params: z.object({ unit: UnitId }).readonly(),
    body: z.object({ known: Base64Url.length(43), told: Base64Url.length(43) }).readonly(),
    answer: none,
    action: 'have-console',
  },
  /** The relay cannot sign: a plan comes here signed by the municipality's key. */
  sendPlan: {
    method: 'POST',
    path: '/api/units/:unit/plan',
    params: z.object({ unit: UnitId }).readonly(),
    body: PlanLetter,
    answer: z.object({ plan: Plan }).readonly(),
    action: 'send-plan',
  },
  room: {
    method: 'GET',
    path: '/api/units/:unit/room',
    params: z.object({ unit: UnitId }).readonly(),
    body: none,
    answer: RoomView,
    action: 'set-up-room',
  },
  /** Whoever stands in the room or looks into it draws it: the night patrol installs as well. */
  confirmRoom: {
    method: 'POST',
    path: '/api/units/:unit/room',
    params: z.object({ unit: UnitId }).readonly(),
    body: z.object({ room: Room, console: RoomProof.optional() }).readonly(),
    answer: RoomView,
    action: 'set-up-room',
  },
  /** A room that takes much from the one before waits until another person than the first says yes to it. */
  secondRoom: {
    method: 'POST',
    path: '/api/units/:unit/room/second',
    params: z.object({ unit: UnitId }).readonly(),
    body: z.object({ version: z.int().min(1), console: RoomProof.optional() }).readonly(),
    answer: RoomView,
    action: 'set-up-room',
  },
  /**
   * This browser is a console of whoever is signed in; told after each sign-in. The first of a person is known, another one waits
   * for a colleague's word. `ask`: a unit has refused it, and it asks for that word although it is known.
   */
  registerConsole: {
    method: 'POST',
    path: '/api/consoles',
    params: none,
    body: z
      .object({
        key: Base64Url.length(43),
        at: z.iso.datetime(),
        /** Ed25519 over the e-mail address, the key and the time: the private half is here. */
        signature: Base64Url.length(86),
        label: z.string().min(1).max(40).optional(),
        voucher: VoucherLetter.optional(),
        ask: z.literal(true).optional(),
      })
      .readonly(),
    answer: ConsoleView,
    action: 'have-console',
  },
  /** The own ones and those that wait; to whoever looks after people all of the organisation. */
  consoles: {
    method: 'GET',
    path: '/api/consoles',
    params: none,
    body: none,
    answer: z.object({ consoles: z.array(ConsoleView).readonly() }).readonly(),
    action: 'see-consoles',
  },
  /** The figures agree: signed by the console of whoever is signed in. */
  confirmConsole: {
    method: 'POST',
    path: '/api/consoles/confirm',
    params: none,
    body: Confirmation,
    answer: ConsoleView,
    action: 'confirm-consoles',
  },
  /** The figures do not agree: no colleague confirms it any more, a coordinator decides. */
  doubtConsole: {
    method: 'POST',
    path: '/api/consoles/doubt',
    params: none,
    body: z.object(namedConsole).readonly(),
    answer: ConsoleView,
    action: 'confirm-consoles',
  },
  /** Everybody takes back an own console, whoever looks after people any. `letter` lets units that trust its signer forget the key. */
  withdrawConsole: {
    method: 'POST',
    path: '/api/consoles/withdraw',
    params: none,
    body: z.object({ ...namedConsole, letter: Withdrawal.optional() }).readonly(),
    answer: ConsoleView,
    action: 'see-consoles',
  },
  /** Who may sign in, and where they are signed in. */
  people: {
    method: 'GET',
    path: '/api/people',
    params: none,
    body: none,
    answer: z.object({ people: z.array(PersonView).readonly() }).readonly(),
    action: 'manage-people',
  },
  /** The password is told this once: the person is told it by somebody who knows them. */
  addPerson: {
    method: 'POST',
    path: '/api/people',
    params: none,
    body: z.object({ email: z.email().max(200), name: z.string().trim().min(1).max(60), role: Role }).readonly(),
    answer: z.object({ password: z.string() }).readonly(),
    action: 'manage-people',
  },
  /** A new one, told this once; the old one opens nothing any more, and they are signed out. */
  newPassword: {
    method: 'POST',
    path: '/api/people/:person/password',
    params: person,
    body: none,
    answer: z.object({ password: z.string() }).readonly(),
    action: 'manage-people',
  },
  /** Passkeys, authenticator app and recovery codes are taken away, and they are signed out; they are told at the next sign-in. */
  resetSecondFactor: {
    method: 'POST',
    path: '/api/people/:person/second-factor/reset',
    params: person,
    body: none,
    answer: none,
    action: 'manage-people',
  },
  endSession: {
    method: 'POST',
    path: '/api/sessions/:session/end',
    params: z.object({ session: z.string().min(1).max(100) }).readonly(),
    body: none,
    answer: none,
    action: 'manage-people',
  },
  endSessions: {
    method: 'POST',
    path: '/api/people/:person/end-sessions',
    params: person,
    body: none,
    answer: none,
    action: 'manage-people',
  },
  /** Signs them out as well. */
  setRole: {
    method: 'POST',
    path: '/api/people/:person/role',
    params: person,
    body: z.object({ role: Role }).readonly(),
    answer: none,
    action: 'manage-people',
  },
  removePerson: {
    method: 'POST',
    path: '/api/people/:person/remove',
    params: person,
    body: none,
    answer: none,
    action: 'manage-people',
  },
  /** Which tokens there are: each opens one unit's way in, and is itself told to nobody. */
  tokens: {
    method: 'GET',
    path: '/api/tokens',
    params: none,
    body: none,
    answer: z.object({ tokens: z.array(TokenView).readonly() }).readonly(),
    action: 'manage-units',
  },
  /** The token is told this once. */
  addUnit: {
    method: 'POST',
    path: '/api/units',
    params: none,
    body: z
      .object({
        unit: UnitId,
        client: ClientAlias.describe('Units of one alias are one home'),
        place: z.string().trim().min(1).max(40).optional().describe('Where in the home; never an address'),
        publicKey: Base64Url.length(43),
        training: z.literal(true).optional().describe('Nobody lives there; never to be taken off again'),
      })
      .readonly(),
    answer: z.object({ token: z.string() }).readonly(),
    action: 'manage-units',
  },
  /** Another unit takes its name, home and place; the token is told this once, and the old unit is cut. */
  replaceUnit: {
    method: 'POST',
    path: '/api/units/:unit/replace',
    params: z.object({ unit: UnitId }).readonly(),
    body: z.object({ publicKey: Base64Url.length(43) }).readonly(),
    answer: z
      .object({
        token: z.string(),
        planGone: z.boolean().describe('Its plan named the old key: the municipality signs a new one'),
      })
      .readonly(),
    action: 'manage-units',
  },
  /** The token is told this once; whoever has the old one is cut. */
  newToken: {
    method: 'POST',
    path: '/api/units/:unit/token',
    params: z.object({ unit: UnitId }).readonly(),
    body: none,
    answer: z.object({ token: z.string() }).readonly(),
    action: 'manage-units',
  },
  removeUnit: {
    method: 'POST',
    path: '/api/units/:unit/remove',
    params: z.object({ unit: UnitId }).readonly(),
    body: none,
    answer: none,
    action: 'manage-units',
  },
  audit: {
    method: 'GET',
    path: '/api/audit',
    params: AuditAsked,
    body: none,
    /** The newest of those that are meant first, at most 500; `whole`: the chain. */
    answer: z
      .object({
        lines: z.array(AuditLine).readonly(),
        whole: z.boolean(),
        more: z.boolean().optional().describe('There are older ones: ask with `before`'),
      })
      .readonly(),
    action: 'read-audit',
  },
  /** Those that are meant as CSV, oldest first, with the hashes of the chain: at most 100 000 lines. */
  exportAudit: {
    method: 'GET',
    path: '/api/audit.csv',
    params: AuditAsked,
    body: none,
    answer: z.string().describe('text/csv, UTF-8, with a line of heads'),
    action: 'read-audit',
  },
  ...followUpRoutes,
  ...monthRoutes,
  ...checklistRoutes,
  ...exerciseRoutes,
  ...documentRoutes,
  ...stockRoutes,
  ...workOrderRoutes,
  ...installationRoutes,
  ...serveRoutes,
  ...rolloutRoutes,
  ...careRoutes,
  ...breakGlassRoutes,
  ...computerRoutes,
  ...keyRoutes,
  ...haltRoutes,
  ...scaipRoutes,
  ...organisationRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
export type Asked<Name extends RouteName> = z.infer<(typeof routes)[Name]['body']>;
export type Params<Name extends RouteName> = z.infer<(typeof routes)[Name]['params']>;
export type Answered<Name extends RouteName> = z.infer<(typeof routes)[Name]['answer']>;
