/** Pure. The part of the API that is about clients: who they are, what was decided, what they consent to, what is planned. */
import { z } from 'zod';
import { PersonalDetails, VisitCard } from '../care/client.ts';
import { ConsentWhat, GivenConsent, Withdrawn } from '../care/consent-record.ts';
import { Decision } from '../care/decision.ts';
import { PlanForm } from '../care/plan-form.ts';
import { ClientAlias, ClientId, UnitId } from '../domain/ids.ts';
import { PlanLetter } from '../wire/plan-letter.ts';
import { ClientEntry, ClientView, Halt } from './client-view.ts';
import { RegisterEntry } from './register-entry.ts';
import { none, type Route } from './route.ts';

const one = z.object({ client: ClientId }).readonly();
const home = z.object({ alias: ClientAlias }).readonly();

export const careRoutes = {
  clients: {
    method: 'GET',
    path: '/api/clients',
    params: none,
    body: none,
    answer: z.object({ clients: z.array(ClientEntry).readonly() }).readonly(),
    action: 'read-clients',
  },
  client: {
    method: 'GET',
    path: '/api/clients/:client',
    params: one,
    body: none,
    answer: ClientView,
    action: 'read-clients',
  },
  /** `alias`: made by the relay where none is given; units that are there already under an alias become this client's. */
  addClient: {
    method: 'POST',
    path: '/api/clients',
    params: none,
    body: z.object({ alias: ClientAlias.optional(), personal: PersonalDetails }).readonly(),
    answer: ClientView,
    action: 'write-clients',
  },
  changeClient: {
    method: 'POST',
    path: '/api/clients/:client/personal',
    params: one,
    body: PersonalDetails,
    answer: ClientView,
    action: 'write-clients',
  },
  decide: {
    method: 'POST',
    path: '/api/clients/:client/decision',
    params: one,
    body: Decision,
    answer: ClientView,
    action: 'write-clients',
  },
  giveConsent: {
    method: 'POST',
    path: '/api/clients/:client/consents',
    params: one,
    body: GivenConsent,
    answer: ClientView,
    action: 'write-clients',
  },
  /** Taken back, from any screen: looks end and nothing is watched any more, within seconds, until a new plan is signed. */
  withdrawConsent: {
    method: 'POST',
    path: '/api/homes/:alias/withdraw',
    params: home,
    body: Withdrawn.unwrap()
      .pick({ saidBy: true, words: true })
      .extend({ what: z.union([ConsentWhat, z.literal('all')]) })
      .readonly(),
    answer: z
      .object({ halt: Halt, units: z.array(UnitId).readonly().describe('Told, or told when they come back') })
      .readonly(),
    action: 'withdraw-consent',
  },
  /** The unit rests meanwhile: nothing is watched and nothing shown. `until` at most 14 days ahead. */
  pauseSupervision: {
    method: 'POST',
    path: '/api/homes/:alias/pause',
    params: home,
    body: z
      .object({
        from: z.iso.datetime().optional().describe('Absent: now'),
        until: z.iso.datetime(),
        words: z.string().trim().max(300).optional(),
      })
      .readonly(),
    answer: z.object({ halt: Halt }).readonly(),
    action: 'pause-supervision',
  },
  endPause: {
    method: 'POST',
    path: '/api/homes/:alias/pause/end',
    params: home,
    body: none,
    answer: none,
    action: 'pause-supervision',
  },
  /** Only while there is a reason to go there: a visit, an alarm or a look that waits. Written in the log. */
  visitCard: {
    method: 'GET',
    path: '/api/homes/:alias/visit-card',
    params: home,
    body: none,
    answer: VisitCard,
    action: 'read-visit-card',
  },
  /** A form with holes is kept as well: what is missing is told. */
  draftPlan: {
    method: 'POST',
    path: '/api/clients/:client/plan',
    params: one,
    body: PlanForm,
    answer: ClientView,
    action: 'draft-plan',
  },
  /** One letter for each unit, each the plan that `planOfForm` makes of the newest edition: another one is refused. */
  signPlan: {
    method: 'POST',
    path: '/api/clients/:client/plan/sign',
    params: one,
    body: z.object({ edition: z.int().min(1), letters: z.array(PlanLetter).min(1).max(8).readonly() }).readonly(),
    answer: ClientView,
    action: 'send-plan',
  },
  /** The plan is over; physical visits come back. Units are stopped as by a withdrawal. */
  endPlan: {
    method: 'POST',
    path: '/api/clients/:client/plan/end',
    params: one,
    body: z.object({ why: z.string().trim().min(1).max(300) }).readonly(),
    answer: ClientView,
    action: 'draft-plan',
  },
  /** No longer a client: stopped, and the units free. What must be kept is kept; the rest is forgotten when its time has come. */
  endClient: {
    method: 'POST',
    path: '/api/clients/:client/end',
    params: one,
    body: z.object({ why: z.string().trim().min(1).max(300) }).readonly(),
    answer: ClientView,
    action: 'write-clients',
  },
  /** What a municipality has to keep of its camera surveillance without a permit: ongoing, and for five years after it has ended. */
  register: {
    method: 'GET',
    path: '/api/register',
    params: none,
    body: none,
    answer: z.object({ surveillance: z.array(RegisterEntry).readonly() }).readonly(),
    action: 'write-documents',
  },
  exportRegister: {
    method: 'GET',
    path: '/api/register.csv',
    params: none,
    body: none,
    answer: z.string().describe('text/csv, UTF-8, with a line of heads'),
    action: 'write-documents',
  },
} as const satisfies Record<string, Route>;
