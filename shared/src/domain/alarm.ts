/** Pure. Alarm kinds, and their evidence in codes and figures that each screen puts into words. */
import { z } from 'zod';
import { bedStateNames, evidencePlaces } from './evidence-code.ts';
import { AlarmId, CameraId } from './ids.ts';

/** Raised by the unit, but `unit-silent`, which only the relay can raise. */
export const AlarmKind = z.enum(['fall', 'left-room', 'not-in-bed', 'blind', 'camera-lost', 'unit-silent']);
export type AlarmKind = z.infer<typeof AlarmKind>;

/** Whether its unit can be asked to show the room: not of what the relay itself has found. */
export const canBeLookedInto = (kind: AlarmKind): boolean => kind !== 'unit-silent';

/** What was seen, as a code and figures; no free text leaves the unit. */
export const Evidence = z
  .object({
    code: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,62}$/)
      .describe('What was seen; a screen that has no words for it shows the code'),
    figures: z
      .record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,40}$/), z.number())
      .refine((figures) => Object.keys(figures).length <= 40, 'at most 40 figures')
      .describe('For example { lyingForSeconds: 15, fellInSeconds: 0.8 }'),
    place: z
      .enum(evidencePlaces)
      .optional()
      .catch(undefined)
      .describe('Where it was; one that is newer than the reader is left out, rather than the alarm be lost for it'),
    bed: z.enum(bedStateNames).optional().catch(undefined).describe('What was known of the bed'),
    models: z
      .array(z.string().max(64))
      .max(8)
      .readonly()
      .default([])
      .describe('Names and versions of the models that looked'),
    attended: z
      .boolean()
      .default(false)
      .describe('A second person was upright in view: the alarm holds, but help seems to be there'),
  })
  .readonly();
export type Evidence = z.infer<typeof Evidence>;

/** What a unit reports of one alarm, each time something of it changes. */
export const AlarmReport = z
  .object({
    alarm: AlarmId.describe('The same in all reports of one alarm'),
    kind: AlarmKind,
    phase: z
      .enum(['began', 'changed', 'ended'])
      .describe('ended: told by the unit; a person closes the alarm all the same'),
    at: z.iso.datetime().describe("When it happened, by the unit's clock (ISO 8601)"),
    camera: CameraId.describe("The unit's camera that saw it"),
    evidence: Evidence,
  })
  .readonly();
export type AlarmReport = z.infer<typeof AlarmReport>;
