/** Pure. A look: why it may be opened, how it can be refused, and with which verdict it ends. */
import { z } from 'zod';
import { AlarmId } from './ids.ts';

/** Why somebody wants to look; the unit checks the claim against its own plan and its own alarms. */
export const Reason = z.discriminatedUnion('type', [
  z.object({ type: z.literal('window'), window: z.string().min(1).max(40) }).readonly(),
  z.object({ type: z.literal('alarm'), alarm: AlarmId }).readonly(),
  /** Of a unit that is being set up, by this work order: a silhouette, before its plan is in force. */
  z.object({ type: z.literal('test'), order: z.uuid() }).readonly(),
]);
export type Reason = z.infer<typeof Reason>;

/** Why a unit says no, or ends a look; each screen puts it into words. */
export const Refusal = z.enum([
  'no-plan',
  'plan-expired',
  'plan-not-begun',
  /** Stopped, resting, or dark by the switch on the unit itself, or by a technician at it. */
  'consent-withdrawn',
  'paused',
  'privacy-switch',
  'outside-window',
  'no-such-window',
  'no-such-alarm',
  'alarm-look-not-agreed',
  'alarm-too-old',
  'another-look-open',
  /** A colleague wants to join a look that is not open, or that as many see already as may. */
  'no-such-look',
  'too-many-viewers',
  /** The plan does not let the person be shown like that. */
  'mode-not-agreed',
  'call-invalid',
  'clock-unsure',
  /** The plan asks for a console that the municipality has vouched for, or at least for one that signs. */
  'console-unknown',
  /** Signed wrongly, too long ago, or for another look. */
  'console-proof-wrong',
  /** This operator is known by the key of another console. */
  'key-changed',
]);
export type Refusal = z.infer<typeof Refusal>;

/** Why there is no picture although the look is open. */
export const NoPicture = z.enum([
  'camera-lost',
  'connecting-camera',
  'room-not-learnt',
  'anonymiser-not-well',
  /** From units that did not yet say which. */
  'camera-blind',
  'camera-covered',
  'camera-dark',
  'camera-glare',
  'camera-frozen',
  'encoder-failed',
]);
export type NoPicture = z.infer<typeof NoPicture>;

/** Why a person in the picture is hard to make out, though the picture is there. */
export const HardToSee = z.enum([
  /** The shape hardly stands out from what is around it. */
  'faint',
  'small',
  /** Too few pictures a second to follow a movement. */
  'slow',
  /** The shape is from a while ago: nobody has understood one since. */
  'old',
]);
export type HardToSee = z.infer<typeof HardToSee>;

export const LookEnd = z.enum([
  'operator-closed',
  'time-up',
  'window-over',
  'plan-changed',
  'link-lost',
  'unit-stopping',
  'key-changed',
  'unit-failed',
  'consent-withdrawn',
  'paused',
  'privacy-switch',
  /** Another camera of the home shows the client, which is enough by the plan. */
  'seen-elsewhere',
]);
export type LookEnd = z.infer<typeof LookEnd>;

/** A refusal, or an end, that is none of the plan's: the unit is halted. */
export const HaltWord = z.enum(['consent-withdrawn', 'paused', 'privacy-switch']);
export type HaltWord = z.infer<typeof HaltWord>;

export const Verdict = z.enum(['all-well', 'not-seen', 'help-needed']);
export type Verdict = z.infer<typeof Verdict>;
