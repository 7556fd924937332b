/** Pure. The part of the API about technicians: what is to be done where, pairing by a label, setting up, and leaving. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';
import { Base64Url } from '../wire/bytes.ts';
import { CallProof } from '../wire/console-proof.ts';
import { SealedLogin } from '../wire/service-call.ts';
import { DocumentFacts } from './document-routes.ts';
import { none, type Route } from './route.ts';
import { InstallRecord, InstallStep, PairingView, WorkOrderKind, WorkOrderView } from './work-order-view.ts';

const order = z.object({ order: z.uuid() }).readonly();
const ticket = z.object({ ticket: z.uuid() }).readonly();
const WorkOrders = z.object({ orders: z.array(WorkOrderView).readonly() }).readonly();

/** Orders and pairing. */
export const workOrderRoutes = {
  workOrders: {
    method: 'GET',
    path: '/api/work-orders',
    params: none,
    body: none,
    answer: WorkOrders,
    action: 'do-work-orders',
  },
  addWorkOrder: {
    method: 'POST',
    path: '/api/work-orders',
    params: none,
    body: z
      .object({
        kind: WorkOrderKind,
        client: ClientAlias,
        place: z.string().trim().min(1).max(40),
        unit: UnitId.optional().describe('Of an exchange or a return: the one that is there'),
        assignee: z.string().max(100).optional(),
        on: z.iso.date().optional(),
        words: z.string().trim().max(300).optional(),
      })
      .readonly(),
    answer: WorkOrders,
    action: 'make-work-orders',
  },
  callOffWorkOrder: {
    method: 'POST',
    path: '/api/work-orders/:order/call-off',
    params: order,
    body: none,
    answer: WorkOrders,
    action: 'make-work-orders',
  },
  /** With the label of a unit that is online and was powered just now: a ticket for five minutes. */
  beginPairing: {
    method: 'POST',
    path: '/api/work-orders/:order/pairing',
    params: order,
    body: z
      .object({
        unit: UnitId,
        doorKey: Base64Url.length(43).optional().describe('Of the label secret; absent: by the short code'),
      })
      .readonly(),
    answer: PairingView,
    action: 'do-work-orders',
  },
  /** What the console has authenticated with the label's unit key, or with the short code. Then the unit is asked. */
  confirmPairing: {
    method: 'POST',
    path: '/api/pairings/:ticket/confirm',
    params: ticket,
    body: z.object({ mac: Base64Url.length(43) }).readonly(),
    answer: PairingView,
    action: 'do-work-orders',
  },
  pairing: {
    method: 'GET',
    path: '/api/pairings/:ticket',
    params: ticket,
    body: none,
    answer: PairingView,
    action: 'do-work-orders',
  },
} as const satisfies Record<string, Route>;

/** Setting up and leaving. */
export const installationRoutes = {
  workOrder: {
    method: 'GET',
    path: '/api/work-orders/:order',
    params: order,
    body: none,
    answer: WorkOrderView,
    action: 'do-work-orders',
  },
  /** Asks the unit for what this step needs; the answer comes with the order. */
  tryStep: {
    method: 'POST',
    path: '/api/work-orders/:order/steps/:step/try',
    params: z.object({ order: z.uuid(), step: InstallStep }).readonly(),
    body: z
      .object({
        camera: z.string().max(60).optional(),
        login: SealedLogin.optional(),
        signed: CallProof.optional().describe("The console's word for a wipe or a camera: the unit asks for it"),
      })
      .readonly()
      .describe('Of the step «camera»: which one, and how to sign in to it'),
    answer: WorkOrderView,
    action: 'do-work-orders',
  },
  /** What a person alone can say: the sign is in place, the power is about to be cut. */
  confirmStep: {
    method: 'POST',
    path: '/api/work-orders/:order/steps/:step/confirm',
    params: z.object({ order: z.uuid(), step: InstallStep }).readonly(),
    body: none,
    answer: WorkOrderView,
    action: 'do-work-orders',
  },
  /** All that happened, with who and when and what was measured; for the file of the home. */
  installRecord: {
    method: 'GET',
    path: '/api/work-orders/:order/record',
    params: order,
    body: none,
    answer: InstallRecord,
    action: 'do-work-orders',
  },
  /** What the sign and the letter of this home are made of. */
  installPapers: {
    method: 'GET',
    path: '/api/work-orders/:order/papers',
    params: order,
    body: none,
    answer: z.object({ unit: UnitId, facts: DocumentFacts }).readonly(),
    action: 'do-work-orders',
  },
  /** Ready to leave: refused with what is lacking; the unit has the last word. */
  finishWorkOrder: {
    method: 'POST',
    path: '/api/work-orders/:order/finish',
    params: order,
    body: none,
    answer: WorkOrderView,
    action: 'do-work-orders',
  },
} as const satisfies Record<string, Route>;
