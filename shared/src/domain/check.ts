/** Pure. One thing of a unit that was looked at: how it is, by a code that the console has words, a cause and something to do for. */
import { z } from 'zod';

/** Name > the codes that there are, the good ones first. */
export const checkCodes = {
  power: ['mains', 'mains-not-told', 'on-battery', 'undervoltage'],
  signal: ['cable', 'signal-good', 'signal-weak', 'signal-bad', 'no-modem', 'no-sim', 'sim-locked', 'not-registered'],
  time: ['set', 'not-set', 'off'],
  relay: ['connected', 'renewal-late', 'certificate-expired', 'not-reached'],
  camera: ['connected', 'resting', 'to-set-right', 'none-found', 'none-chosen', 'lost', 'factory-password'],
  infrared: ['sees-in-dark', 'not-tried', 'not-dark-yet', 'too-dark'],
  view: ['bed-in-view', 'not-looked', 'bed-partly-in-view', 'no-bed', 'cannot-see'],
  room: ['confirmed', 'proposed', 'not-proposed', 'changed'],
  plan: ['in-force', 'waits-until-ready', 'not-begun', 'none', 'ended', 'halted'],
  lamp: ['works', 'none', 'fails'],
  switch: ['none', 'on', 'dark', 'unreadable'],
  models: ['whole', 'damaged'],
  disk: ['room', 'nearly-full', 'full', 'damaged', 'read-only'],
  load: ['keeps-up', 'too-slow', 'hot'],
  software: ['newest', 'older', 'update-failed'],
} as const satisfies Record<string, readonly string[]>;

export const CheckName = z.enum(Object.keys(checkCodes) as [keyof typeof checkCodes]);
export type CheckName = keyof typeof checkCodes;

export const Check = z
  .object({
    name: CheckName,
    state: z
      .enum(['well', 'advice', 'fault', 'unknown'])
      .describe('advice: it works, and would work better otherwise; unknown: not looked at yet, or it cannot be told'),
    code: z.string().max(40).describe('From the table of codes of this name'),
    figures: z
      .record(z.string().max(30), z.number())
      .optional()
      .describe('What was measured, by name with its unit: signalDbm, freeMegabytes'),
  })
  .readonly();
export type Check = z.infer<typeof Check>;
