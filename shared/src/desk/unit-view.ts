/** Pure. relay > console: a unit and how it is. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';
import { Base64Url } from '../wire/bytes.ts';
import { RoomRefusal } from '../wire/room-letter.ts';
import { PlanState, Vitals } from '../wire/vitals.ts';
import { HaltView } from './halt-view.ts';

/** A figure of how it is, and no state: another in each message, and nobody does anything about it. */
const figures = {
  uptimeSeconds: true,
  picturesPerSecond: true,
  analysedPerSecond: true,
  droppedPictures: true,
  outboxDepth: true,
  memoryMegabytes: true,
} as const;

export const VitalsView = z.object(Vitals.unwrap().shape).partial(figures).readonly();
export type VitalsView = z.infer<typeof VitalsView>;

export const UnitView = z
  .object({
    unit: UnitId,
    client: ClientAlias,
    place: z.string().max(40).optional().describe("Where in the home its camera looks, in staff's words: «Sovrum»"),
    training: z
      .literal(true)
      .optional()
      .describe('Nobody lives there: it is shown to whoever trains, and to nobody else'),
    presence: z
      .enum(['expected', 'here', 'late', 'silent'])
      .describe('expected: never heard of yet; late: one heartbeat missed; silent: an alarm has been raised'),
    lastHeardAt: z.iso.datetime().optional(),
    vitals: VitalsView.optional().describe('To whoever asks for units in brief without its figures'),
    plan: z.object({ version: z.int(), taken: z.boolean() }).readonly().optional(),
    inForce: z
      .object({
        ...PlanState.unwrap().shape,
        refused: z.string().max(40).optional().describe('Why the unit has refused the newest plan'),
      })
      .readonly()
      .optional()
      .describe('What the unit says that governs it; absent: it is older than this, and does not say'),
    halt: HaltView.optional().describe('Stopped, resting or dark, whatever its plan says; and whether it knows'),
    clockOffBySeconds: z
      .int()
      .optional()
      .describe("How far the unit's clock is ahead of the relay's (negative: behind), where that is more than 30 s"),
    doubledSince: z.iso
      .datetime()
      .optional()
      .describe('Two units go by this name, and take the connection from each other'),
    room: z
      .object({
        version: z.int().optional(),
        inUse: z.boolean(),
        proposedAt: z.iso.datetime().optional(),
        waiting: z.int().optional().describe('The version that waits for a second person'),
        refused: RoomRefusal.optional().describe(
          'Why the unit does not take the newest; it goes on with the one before',
        ),
      })
      .readonly()
      .optional()
      .describe('The newest that has been confirmed, and when the unit last proposed one'),
    publicKey: Base64Url.describe("Ed25519, the unit's own: the console checks the opening of each look with it"),
  })
  .readonly();
export type UnitView = z.infer<typeof UnitView>;

/**
 * A unit as a desk with hundreds of them needs it: what somebody may have to do something about. Its figures, and when it was heard of
 * last while it is there, are another every 30 s for each unit; they are read for the one whose card is open.
 */
export function briefUnit({ vitals, lastHeardAt, ...unit }: UnitView): UnitView {
  const isAway = unit.presence === 'late' || unit.presence === 'silent';
  return {
    ...unit,
    ...(isAway && lastHeardAt !== undefined && { lastHeardAt }),
    ...(vitals && { vitals: briefVitals(vitals) }),
  };
}

/** Its plan and its halt stand in the view of the unit already; its access log is for the relay. */
function briefVitals(vitals: VitalsView): VitalsView {
  const states = Object.entries(vitals).filter(([name]) => !(name in figures) && !elsewhere.includes(name));
  return Object.fromEntries(states) as VitalsView;
}
const elsewhere: readonly string[] = ['plan', 'halt', 'accessLog', 'legibility'];
