/** Pure. relay > console: a device that is rung by Web Push, and how many of them an alarm has reached. */
import { z } from 'zod';
import { AlarmId } from '../domain/ids.ts';
import { Organisation } from './organisation.ts';

/** Of a device, in words of the person whose it is: «Telefonen i bil 2». */
export const DeviceLabel = z.string().trim().min(1).max(40);

export const PushDevice = z
  .object({
    device: z.string().min(1).max(60),
    label: DeviceLabel,
    since: z.iso.datetime(),
    deliveredAt: z.iso.datetime().optional().describe('The push service took the last message for it then'),
    failingSince: z.iso.datetime().optional().describe('No message has got through since then'),
    signedIn: z.boolean().describe('Its session goes on: a device that is signed out is not rung'),
    own: z.boolean().describe('Of the session that asks'),
  })
  .readonly();
export type PushDevice = z.infer<typeof PushDevice>;

/** A device that the push service knows no more: it is not rung until somebody turns it on again. */
export const ForgottenDevice = z
  .object({
    device: z.string().min(1).max(60),
    label: DeviceLabel,
    at: z.iso.datetime(),
    why: z.enum(['gone', 'keys-renewed']),
  })
  .readonly();
export type ForgottenDevice = z.infer<typeof ForgottenDevice>;

/** Of one alarm: how many devices it was pushed to, and what has become of that so far. */
export const PushReach = z
  .object({
    alarm: AlarmId,
    organisation: Organisation,
    devices: z.int().min(1),
    reached: z.int().min(0).describe("The push service has taken it; whether the telephone rang it can't tell"),
    failed: z.int().min(0).describe('Could not be reached so far'),
  })
  .readonly();
export type PushReach = z.infer<typeof PushReach>;

/** What a device is told, sealed for it alone (RFC 8291): no name, no address; the alias only where the organisation says so. */
export const PushMessage = z
  .object({
    type: z.enum(['alarm', 'trial']),
    language: z.enum(['sv', 'en']),
    alarm: AlarmId.optional(),
    kind: z.string().max(40).optional(),
    overdue: z.boolean().optional(),
    client: z.string().max(60).optional(),
  })
  .readonly();
export type PushMessage = z.infer<typeof PushMessage>;
