/** Pure. unit > relay, every 30 s: how the unit is. Its absence for 90 s is an alarm of the relay's own. */
import { z } from 'zod';
import { HardToSee } from '../domain/look.ts';
import { RoomDrift } from '../domain/room-drift.ts';
import { AccessHead } from './access-head.ts';
import { WhyStopped } from './halt-letter.ts';

/** Why nothing can be kept. */
export const CannotKeep = z.enum(['disk-full', 'disk-damaged', 'read-only']);
export type CannotKeep = z.infer<typeof CannotKeep>;

/** What to set in a camera that is seen well enough to watch. */
export const CameraAdvice = z.enum(['times-do-not-count', 'rare-key-pictures', 'b-pictures']);
export type CameraAdvice = z.infer<typeof CameraAdvice>;

export const PowerState = z.enum(['mains', 'battery']);
export type PowerState = z.infer<typeof PowerState>;

export const PlanState = z
  .object({
    version: z.int().optional().describe('Of the plan that it has, in force or not'),
    state: z
      .enum(['in-force', 'none', 'not-begun', 'ended', 'stopped', 'paused'])
      .describe('In every other state than in-force nothing is watched and nothing is shown'),
    beginsAt: z.iso
      .datetime()
      .optional()
      .describe('The first moment of the plan that it has, where that is yet to come'),
    endsAt: z.iso.datetime().optional().describe('The last moment of the plan that it has'),
    waitsUntilReady: z
      .literal(true)
      .optional()
      .catch(undefined)
      .describe('Not begun because the unit has not yet seen all that it must before it is left'),
  })
  .readonly();
export type PlanState = z.infer<typeof PlanState>;

/** Why a unit neither watches nor shows, whatever its plan says. */
export const HaltState = z
  .object({
    why: z
      .enum([...WhyStopped.options, 'paused', 'privacy-switch', 'switch-unreadable', 'technician'])
      .describe(
        'privacy-switch: the one on the unit itself; switch-unreadable: it has one, and cannot read it; technician: stopped or paused at the unit',
      ),
    since: z.iso.datetime().describe("By the unit's clock"),
    until: z.iso.datetime().optional().describe('Of a pause: when it ends by itself'),
  })
  .readonly();
export type HaltState = z.infer<typeof HaltState>;

export const Vitals = z
  .object({
    uptimeSeconds: z.number().min(0).describe("Since the unit's program started"),
    camera: z
      .enum(['connected', 'connecting', 'lost', 'resting'])
      .describe('resting: the plan wants it connected during looks only'),
    cameraFault: z.string().max(40).optional().describe('A code from the table of faults, when the camera is lost'),
    cannotSee: z
      .enum(['covered', 'dark', 'glare', 'frozen', 'moved'])
      .optional()
      .describe('Pictures come, but nobody could be found in them: why'),
    cameraAdvice: z
      .array(CameraAdvice)
      .max(8)
      .readonly()
      .optional()
      .catch(undefined)
      .describe(
        'What a technician should see to, though the camera is watched: its times do not count the time, whole pictures come too rarely, or B pictures hold them back',
      ),
    picturesPerSecond: z.number().min(0).describe('That come from the camera'),
    analysedPerSecond: z.number().min(0).describe('In which somebody was looked for'),
    droppedPictures: z.int().min(0).describe('Since the start, because a stage was too slow'),
    outboxDepth: z.int().min(0).describe('Messages on the disk that the relay has not acknowledged'),
    diskFull: z
      .boolean()
      .optional()
      .describe(
        'It could not write when it last had to: no look opens without its line, and an alarm is told only once there is room',
      ),
    cannotKeep: CannotKeep.optional()
      .catch(undefined)
      .describe(
        'Words cannot be kept on its disk: it can tell no alarm until they can, and the relay raises one of its own',
      ),
    cannotLook: z
      .enum(['decoder', 'load'])
      .optional()
      .catch(undefined)
      .describe(
        'The camera is well, and the unit itself cannot look: its decoder stands still, or it has more to do than it can',
      ),
    plan: PlanState.optional().catch(undefined).describe('What governs it now, by its own clock'),
    halt: HaltState.optional()
      .catch(undefined)
      .describe('It is stopped, or rests: nothing is watched and nothing shown'),
    power: PowerState.optional()
      .catch(undefined)
      .describe(
        'What feeds it, where it can tell; said at once when it changes. Of one that falls silent on its battery the relay says that the power is gone',
      ),
    accessLog: AccessHead.optional()
      .catch(undefined)
      .describe('Where its access log ends: kept by the relay, so that a log that was cut off or made anew is found'),
    memoryMegabytes: z.number().min(0).describe("Memory of the unit's program"),
    lookOpen: z.boolean().describe('Pictures are being shown now'),
    legibility: z
      .object({ pictures: z.int().min(0), hard: z.int().min(0), why: HardToSee.optional() })
      .readonly()
      .optional()
      .describe(
        'Since the start: pictures shown with a person in them, those in which the person was hard to make out, and why of late',
      ),
    roomChanged: z
      .array(RoomDrift)
      .max(8)
      .readonly()
      .optional()
      .describe(
        'How the room differs from the one that was confirmed, where it does: detection is weaker until it is confirmed anew',
      ),
  })
  .readonly();
export type Vitals = z.infer<typeof Vitals>;
