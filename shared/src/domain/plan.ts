/**
 * Pure. What one client has agreed to: windows, modes, alarms, consents. The unit obeys nothing else.
 * A field that is not known here is a fault: what somebody has agreed to is never left out in silence.
 */
import { z } from 'zod';
import { Polygon } from './geometry.ts';
import { ClientAlias, PlanId, UnitId } from './ids.ts';

/** How a person may be shown, from least to most. The unit may show less than agreed, never more. */
export const Mode = z.enum(['silhouette', 'blur', 'blocks', 'clear']);
export type Mode = z.infer<typeof Mode>;

/** «23:45», by the clock on the wall in Europe/Stockholm. */
export const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 23:45');
export type WallTime = z.infer<typeof WallTime>;

/** An agreed time in which looks may be opened; one whose end is not after its start runs past midnight. */
export const Window = z
  .strictObject({ id: z.string().min(1).max(40), from: WallTime, to: WallTime, looks: z.int().min(1).max(12) })
  .readonly();
export type Window = z.infer<typeof Window>;

const DayHours = z.strictObject({ from: WallTime, to: WallTime }).readonly();
const persistenceSeconds = z.number().min(3).max(600);

/** Where, and perhaps when, something else than usual is agreed of a body that lies: the first that fits counts. */
export const FallPlace = z
  .strictObject({
    where: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('anywhere') }).readonly(),
      z.strictObject({ type: z.literal('beside-bed') }).readonly(),
      z.strictObject({ type: z.literal('in-doorway') }).readonly(),
      /** In the camera's picture: a sofa, a mattress on the floor, an exercise mat. */
      z.strictObject({ type: z.literal('outline'), outline: Polygon }).readonly(),
    ]),
    hours: DayHours.optional().describe('By the clock; absent: at all hours'),
    lying: z.discriminatedUnion('type', [
      /** Lying there is as normal as in a bed; `anywhere` would switch the alarm off, and cannot be agreed. */
      z.strictObject({ type: z.literal('agreed') }).readonly(),
      z.strictObject({ type: z.literal('told-after'), persistenceSeconds }).readonly(),
    ]),
  })
  .readonly()
  .refine(
    ({ where, lying }) => lying.type !== 'agreed' || where.type === 'outline',
    'lying can only be agreed in an outline',
  );
export type FallPlace = z.infer<typeof FallPlace>;

export const AgreedAlarms = z
  .strictObject({
    fall: z
      .strictObject({ persistenceSeconds, places: z.array(FallPlace).max(16).readonly().optional() })
      .readonly()
      .optional()
      .describe('How long a body must lie on the floor before it is told'),
    leftRoom: z
      .strictObject({
        afterMinutes: z.number().min(0.05).max(720),
        bathroomMinutes: z
          .number()
          .min(0.05)
          .max(720)
          .optional()
          .describe('Out through an exit to a bathroom; absent: as through any other'),
        hours: DayHours.optional(),
      })
      .readonly()
      .optional()
      .describe('Out through an exit for so long'),
    notInBed: z
      .strictObject({ by: WallTime, until: WallTime.default('06:00') })
      .readonly()
      .optional()
      .describe('Not in bed by this time of night'),
    blind: z
      .strictObject({ afterSeconds: z.number().min(5).max(3600) })
      .readonly()
      .optional()
      .describe('Nothing understood for so long'),
  })
  .readonly();
export type AgreedAlarms = z.infer<typeof AgreedAlarms>;

/** What can be counted without calling anybody, to find out before it is agreed. */
export const ShadowKind = z.enum(['fall', 'left-room', 'not-in-bed']);
export type ShadowKind = z.infer<typeof ShadowKind>;

/** Lag (2001:454) 9 §: without these there is no plan in force. */
export const Consents = z
  .strictObject({
    technology: z.iso.date(),
    supervision: z.iso.date(),
    cohabitants: z
      .union([z.literal('lives-alone'), z.iso.date()])
      .describe('Everybody who lives there permanently, or that nobody else does'),
    withdrawn: z.iso
      .date()
      .optional()
      .describe('One of them was taken back: from that day on nobody is watched, nor shown'),
  })
  .readonly();

export type Consents = z.infer<typeof Consents>;

export const Plan = z
  .strictObject({
    plan: PlanId,
    version: z.int().min(1).describe('Counts up for each unit; a unit never takes a lower one than it has'),
    unit: UnitId,
    client: ClientAlias,
    validFrom: z.iso.datetime().describe('From then on it is in force'),
    validUntil: z.iso.datetime().describe('Until then'),
    mode: Mode.describe('How the person is shown'),
    alsoAgreed: z
      .array(Mode)
      .max(3)
      .readonly()
      .optional()
      .describe(
        'Agreed too, and offered in this order where a person cannot be made out in the mode above; absent: none',
      ),
    leastLegible: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'Score of legibility, 0 to 1, below which an operator is told so; absent: 1, all that a tired person needs',
      ),
    watch: z
      .enum(['always', 'looks-only'])
      .describe(
        'always: detectors run, the camera stays connected; looks-only: the camera is connected only during a look',
      ),
    windows: z.array(Window).max(24).readonly().describe('When looks may be opened'),
    alarms: AgreedAlarms.describe('What is told; what is absent is not'),
    shadow: z
      .array(ShadowKind)
      .max(3)
      .readonly()
      .optional()
      .describe('Of these it is counted how often somebody would have been called, and nobody is. Absent: none'),
    alarmLook: z
      .strictObject({ minutes: z.number().min(1).max(120) })
      .readonly()
      .optional()
      .describe('May an alarm that this unit raised itself open a look outside the windows, and for how long after it'),
    stopWhenSeen: z
      .boolean()
      .optional()
      .describe(
        'Several cameras in the home: one that shows the client at an agreed time is enough, and the others close. Counts only where the client lives alone. Absent: all of them are shown',
      ),
    longestLookSeconds: z.number().min(10).max(600).default(120).describe('The longest that one look may be open'),
    retryAfterMinutes: z.number().min(0.05).max(60).default(15).describe('From «not seen» to the second look'),
    consents: Consents.describe('Without them there is no plan in force'),
    unitKey: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/, 'a key of 32 bytes in base64url')
      .optional()
      .describe(
        "The unit's Ed25519 key, as on its label: what the municipality has signed for, no relay can exchange. 32 bytes, base64url.",
      ),
    consoles: z
      .enum(['vouched', 'first-sight'])
      .optional()
      .describe(
        'Whose console may look. vouched: one that the municipality has signed for. first-sight: also one that signs and by which the operator was known first. Absent: as first-sight, and one that does not sign is taken until the operator has come with one that does.',
      ),
  })
  .readonly();
export type Plan = z.infer<typeof Plan>;
