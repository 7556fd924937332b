/** Pure. relay > console: how a unit is by its own word, what was asked of it and what came of it, and whose its faults are. */
import { z } from 'zod';
import { Check } from '../domain/check.ts';
import { AlarmId, ClientAlias, UnitId } from '../domain/ids.ts';
import { Base64Url } from '../wire/bytes.ts';
import { SomeServiceAnswer } from '../wire/service-call.ts';
import { Organisation } from './organisation.ts';

export const CheckView = z
  .object({
    ...Check.unwrap().shape,
    at: z.iso.datetime().describe('When the unit said so last'),
    since: z.iso.datetime().describe('Since when it has been so'),
    owner: z
      .object({ id: z.string(), name: z.string(), at: z.iso.datetime() })
      .readonly()
      .optional()
      .describe('Of a fault or an advice: who sees to it'),
  })
  .readonly();
export type CheckView = z.infer<typeof CheckView>;

export const AskedView = z
  .object({
    call: z.uuid(),
    type: z.string().max(40),
    at: z.iso.datetime(),
    by: z.string(),
    answer: SomeServiceAnswer.optional().describe('The newest; absent: the unit has not answered yet'),
    answeredAt: z.iso.datetime().optional(),
  })
  .readonly();
export type AskedView = z.infer<typeof AskedView>;

export const UnitChecks = z
  .object({
    unit: UnitId,
    client: ClientAlias,
    place: z.string().optional(),
    isHere: z.boolean().describe('It is connected: what is asked of it reaches it now'),
    agent: z.string().max(40).optional().describe('Version of its program'),
    checks: z
      .array(CheckView)
      .readonly()
      .describe('In the order of the table; those that it has never told are absent'),
    asked: z.array(AskedView).readonly().describe('The last of each kind, newest first'),
    sealingKey: Base64Url.length(43).optional().describe('What is sealed for the unit is sealed for it, once checked'),
    sealingProof: Base64Url.max(200).optional(),
    publicKey: Base64Url.describe("The unit's own, as the relay has it: a console goes by the one that it knows"),
    bundle: z.object({ at: z.iso.datetime(), bytes: z.int() }).readonly().optional().describe('The last that is whole'),
  })
  .readonly();
export type UnitChecks = z.infer<typeof UnitChecks>;

/** What is wrong anywhere, and whose it is. */
export const FaultView = z
  .object({ unit: UnitId, client: ClientAlias, place: z.string().optional(), check: CheckView })
  .readonly();
export type FaultView = z.infer<typeof FaultView>;

/** A test fall on its way: never an alarm. */
export const TestView = z
  .object({
    alarm: AlarmId,
    unit: UnitId,
    client: ClientAlias,
    place: z.string().optional(),
    organisation: Organisation,
    raisedAt: z.iso.datetime(),
    takenAt: z.iso.datetime().optional(),
    takenBy: z.string().optional(),
  })
  .readonly();
export type TestView = z.infer<typeof TestView>;
