/** Pure. A receiver: an alarm receiving centre to which alarms are handed over by SCAIP; its settings, and how it answers. */
import { z } from 'zod';
import { ClientAlias } from '../domain/ids.ts';

/** What can be handed over, in groups that a receiver is given or not. */
export const ReceiverEvents = z.enum(['fall', 'left-room', 'not-in-bed', 'camera', 'unit', 'visit', 'closed']);
export type ReceiverEvents = z.infer<typeof ReceiverEvents>;

/** One message that may be sent: each has a line in the table of codes. */
export const ScaipEvent = z.enum([
  'fall',
  'fall-over',
  'left-room',
  'left-room-over',
  'not-in-bed',
  'not-in-bed-over',
  'camera-fault',
  'camera-covered',
  'camera-sees',
  'unit-silent',
  'unit-fault',
  'unit-back',
  'look-failed',
  'not-seen',
  'help-needed',
  'visit-done',
  'closed-all-well',
  'closed-visit',
  'heartbeat',
  'test-primary',
  'test-secondary',
]);
export type ScaipEvent = z.infer<typeof ScaipEvent>;

const code = z.string().regex(/^[0-9]{1,4}$/, 'one to four digits');

/** How one event is told: type of message, device, status, place, and a text for people. */
export const ScaipCode = z
  .object({
    mty: z.enum(['ME', 'RE', 'IN', 'PI']),
    dty: code,
    stc: code,
    lco: code.optional(),
    stt: z.string().max(32).optional(),
  })
  .readonly();
export type ScaipCode = z.infer<typeof ScaipCode>;

/** «larm@larmcentral.example.se:5061»; without a port it is looked up (SRV), and else is the usual one. */
export const SipAddress = z
  .string()
  .trim()
  .max(200)
  .regex(
    /^([A-Za-z0-9_.+-]{1,64}@)?([A-Za-z0-9.-]{1,120}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?$/,
    'an address such as larm@larmcentral.example.se:5061',
  );

const digits = z.string().regex(/^[0-9]{1,16}$/, 'one to sixteen digits');

/** The step of an alarm's chain at which it is handed over. */
export const HandOverAt = z.enum(['at-once', 'everybody', 'fallback']);
export type HandOverAt = z.infer<typeof HandOverAt>;

export const ReceiverSettings = z
  .object({
    name: z.string().trim().min(1).max(60),
    primary: SipAddress,
    secondary: SipAddress.optional(),
    transport: z.enum(['udp', 'tcp', 'tls']),
    user: z.string().max(100).optional().describe('Of the login, where the receiver asks for one'),
    controller: digits.describe('Controller id (cid): also the user of the address that it is sent from'),
    homes: z
      .record(ClientAlias, digits)
      .default({})
      .refine((homes) => Object.keys(homes).length <= 300, 'at most 300 homes')
      .describe('Homes that the receiver knows by a controller id of their own'),
    deviceType: code.default('0002').describe('Of what the relay tells of itself'),
    contentType: z
      .string()
      .regex(/^[a-z]+\/[a-z0-9.+-]{1,60}$/, 'a content type such as application/scaip+xml')
      .default('application/scaip+xml'),
    root: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{0,30}$/, 'a name such as mrq')
      .default('mrq'),
    padded: z.boolean().default(true).describe('Codes with zeros before them: 0009, not 9'),
    events: z.array(ReceiverEvents).readonly().default(ReceiverEvents.options),
    at: HandOverAt.default('at-once').describe(
      'When an alarm is handed over: when it is raised, when it is told to everybody here, or when nobody here has taken it',
    ),
    heartbeatMinutes: z.int().min(0).max(1440).default(60).describe('0: none'),
    codes: z.partialRecord(ScaipEvent, ScaipCode).default({}).describe('In place of the usual ones'),
    authority: z.string().max(8000).optional().describe('PEM: who has signed its certificate, where no public one has'),
  })
  .readonly();
export type ReceiverSettings = z.infer<typeof ReceiverSettings>;

export const ReceiverView = z
  .object({
    receiver: z.uuid(),
    settings: ReceiverSettings,
    hasPassword: z.boolean(),
    answeredAt: z.iso.datetime().optional(),
    failing: z
      .object({ since: z.iso.datetime(), why: z.string().max(200) })
      .readonly()
      .optional()
      .describe('Neither of its addresses answers, since then'),
    waiting: z.int().min(0).describe('Messages that it has not taken yet'),
    refused: z
      .array(
        z
          .object({ ref: z.string(), event: ScaipEvent, at: z.iso.datetime(), status: z.int(), words: z.string() })
          .readonly(),
      )
      .readonly()
      .describe('The newest messages that it will not take as they are: whoever set it up has to mend it'),
  })
  .readonly();
export type ReceiverView = z.infer<typeof ReceiverView>;
