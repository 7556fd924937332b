/** Pure. relay > console: what a technician is to do in which home, how far it has come, and what has been recorded of it. */
import { z } from 'zod';
import { Check } from '../domain/check.ts';
import { ClientAlias, UnitId } from '../domain/ids.ts';
import { Base64Url } from '../wire/bytes.ts';
import { WhyNotPaired } from '../wire/pairing.ts';
import { FoundCamera, Proof, WhyNotServed } from '../wire/service-call.ts';

/** exchange: another unit in the place of a broken one, which keeps home, place, room and plan. */
export const WorkOrderKind = z.enum(['install', 'exchange', 'return', 'survey']);
export type WorkOrderKind = z.infer<typeof WorkOrderKind>;

/** The steps of an installation, in the order in which they stand on the telephone. Each is the relay's to judge, out of what the unit and people say. */
export const InstallStep = z.enum([
  'pair',
  'power',
  'signal',
  'time',
  'camera',
  'infrared',
  'view',
  'room',
  'plan',
  'sign',
  'test-look',
  'test-fall',
  'power-cut',
  /** Of a return alone: the unit erases all that it knows of the home. */
  'wipe',
]);
export type InstallStep = z.infer<typeof InstallStep>;

export const StepView = z
  .object({
    step: InstallStep,
    state: z
      .enum(['to-do', 'waits', 'done', 'fault'])
      .describe('waits: for the unit, or for somebody else; fault: with a cause and what to do about it'),
    check: Check.optional().describe('What the unit says of it'),
    why: z.string().max(40).optional().describe('Code of the cause where it is not a check of the unit'),
    since: z.iso.datetime(),
    by: z.string().optional().describe('Who has done or confirmed it'),
    figures: z
      .record(z.string().max(30), z.number())
      .readonly()
      .optional()
      .describe('What was measured of it, in seconds'),
  })
  .readonly();
export type StepView = z.infer<typeof StepView>;

/** That a unit has erased what it knew of a home: signed by itself, or said by a person where it could not be asked any more. */
export const Wiped = z
  .object({
    at: z.iso.datetime(),
    by: z.string().describe('Who asked for it, or says so'),
    signature: Base64Url.optional().describe("The unit's own; absent: a person has said so"),
    publicKey: Base64Url.length(43).optional().describe('What the signature is checked with'),
  })
  .readonly();
export type Wiped = z.infer<typeof Wiped>;

export const WorkOrderView = z
  .object({
    order: z.uuid(),
    kind: WorkOrderKind,
    client: ClientAlias,
    place: z.string().min(1).max(40).describe('Where in the home the camera looks'),
    state: z.enum(['open', 'paired', 'ready', 'done', 'called-off']),
    assignee: z.string().optional().describe('Id of whoever is to do it; absent: any technician of the organisation'),
    assigneeName: z.string().optional(),
    unit: UnitId.optional().describe('Since one was paired; for an exchange or a return: the one that is there'),
    there: UnitId.optional().describe(
      'Of an exchange or a return: the one that is there, also once another has been paired',
    ),
    on: z.iso.date().optional().describe('When it is to be done'),
    words: z.string().max(300).optional().describe('For whoever does it; never who lives there'),
    madeAt: z.iso.datetime(),
    madeBy: z.string(),
    steps: z.array(StepView).readonly().describe('Empty until a unit has been paired'),
    cameras: z.array(FoundCamera).readonly().describe('That the unit has found last'),
    sealing: z
      .object({ key: Base64Url.length(43), proof: Base64Url })
      .readonly()
      .optional()
      .describe('For whom a login of its camera is sealed, and the unit’s own signature over it'),
    proofs: z.array(Proof).readonly().describe('What the unit says that it has itself seen'),
    refused: WhyNotServed.optional().describe('Why the unit did not do what was asked of it last'),
    readyAt: z.iso.datetime().optional(),
    readyBy: z.string().optional(),
    wiped: Wiped.optional(),
  })
  .readonly();
export type WorkOrderView = z.infer<typeof WorkOrderView>;

/** What happened in one installation, in order, for as long as the order is kept. */
export const InstallRecord = z
  .object({
    order: WorkOrderView,
    events: z
      .array(
        z
          .object({
            at: z.iso.datetime(),
            by: z.string().describe('A person, or the unit'),
            step: InstallStep.optional(),
            what: z.string().max(40).describe('Code; each screen puts it into words'),
            figures: z.record(z.string().max(30), z.number()).readonly().optional(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type InstallRecord = z.infer<typeof InstallRecord>;

/** What a label says, out of its address. */
export const LabelFacts = z
  .object({ unit: UnitId, doorKey: Base64Url.length(43).describe('Derived from the label secret') })
  .readonly();
export type LabelFacts = z.infer<typeof LabelFacts>;

export const PairingView = z
  .object({
    ticket: z.uuid(),
    unit: UnitId,
    publicKey: Base64Url.length(43).describe('As the stock has it: the console compares it with the label'),
    nonce: Base64Url.length(43).describe("The unit's own, of the connection on which it waits"),
    organisation: z.string(),
    planKey: Base64Url.length(43).describe("The municipality's: the unit believes no other"),
    client: ClientAlias,
    place: z.string(),
    until: z.iso.datetime(),
    state: z.enum(['waits-for-console', 'waits-for-unit', 'paired', 'refused', 'too-late']),
    why: z
      .enum([...WhyNotPaired.options, 'unit-gone', 'unit-busy', 'wrong-proof'])
      .optional()
      .describe('Why it was refused'),
    triesLeft: z.int().min(0).max(5).optional().describe('Of the short code'),
  })
  .readonly();
export type PairingView = z.infer<typeof PairingView>;
