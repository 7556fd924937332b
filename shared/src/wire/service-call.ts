/**
 * Pure. relay > unit: what a technician asks of it; unit > relay: what came of it. None of it can open a look or bring a plan into force:
 * what a relay that lies could do with it is what it could do by dropping words, and pictures are not among the answers. What outlasts such
 * a relay (a wipe, another camera out of the home's own network) is signed on a console that the municipality vouches for, where the unit
 * looks after somebody; it is in the unit's log, waits for quiet, and shows nobody without a plan.
 */
import { z } from 'zod';
import { Check } from '../domain/check.ts';
import { AlarmId } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';
import { CallProof } from './console-proof.ts';

const call = z.uuid().describe('Made by the relay; the answers name it');
const one = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape, words: string) =>
  z
    .object({ type: z.literal(type), call, ...shape })
    .readonly()
    .describe(words);

export const SealedLogin = z
  .object({ encapsulated: Base64Url, sealed: Base64Url.max(1000) })
  .readonly()
  .describe("The camera's user and password, sealed by the console for this unit (HPKE): the relay cannot read them");
export type SealedLogin = z.infer<typeof SealedLogin>;

const signed = CallProof.optional().describe(
  'By a console that the municipality vouches for; not needed while a unit is set up, nor where somebody stands beside it',
);

export const ServiceCall = z.discriminatedUnion('type', [
  one('diagnose', {}, 'Look at everything now, and say how it is'),
  one('find-cameras', {}, 'Which cameras answer in the home’s network (ONVIF)'),
  one(
    'choose-camera',
    {
      camera: z.string().max(60).describe('One of those that were found, by its name'),
      login: SealedLogin.optional(),
      signed,
    },
    'Watch this one from now on; its stream is chosen and its settings are put right',
  ),
  one('try-dark', {}, 'The room is dark now: does the camera see in it'),
  one('test-fall', {}, 'Raise an alarm that says that it is a test; nobody is called but whoever is told of tests'),
  one('test-fall-back', { alarm: AlarmId }, 'A person at a console has taken the test alarm'),
  one(
    'survey',
    { until: z.iso.datetime().describe("By the unit's clock; at most 72 hours ahead") },
    'Measure the mobile signal until then',
  ),
  one('survey-over', {}, 'Measure no longer'),
  one('ready', { record: z.uuid() }, 'The technician has finished; the unit checks what it has itself seen'),
  one('restart', {}, 'Start again: refused while a look is open or an alarm goes on'),
  one(
    'update',
    { version: z.string().max(40), path: z.string().max(200), bytes: z.int().min(1), sha256: Base64Url },
    'Fetch this signed bundle from the relay and install it: refused while a look is open or an alarm goes on',
  ),
  one('bundle', {}, 'Figures and words for support, without a picture and without anything that says who lives there'),
  one('wipe', { signed }, 'Erase keys, plan, room and everything of this home; answered before it is done'),
]);
export type ServiceCall = z.infer<typeof ServiceCall>;
export type ServiceCallType = ServiceCall['type'];

/** What a newer relay asks for, or asks for in another way: the unit says that it does not know it, rather than nothing. */
const NewerCall = z
  .object({ type: z.string().max(40), call })
  .readonly()
  .describe('Any other: answered `refused`, `not-known`');

/** As it travels. */
export const SomeServiceCall = z.union([ServiceCall, NewerCall]);
export type SomeServiceCall = z.infer<typeof SomeServiceCall>;

/** @returns undefined: not one that this program knows */
export const knownCall = (some: SomeServiceCall): ServiceCall | undefined => ServiceCall.safeParse(some).data;

export const FoundCamera = z
  .object({
    camera: z.string().max(60).describe('By which it is chosen'),
    make: z.string().max(40).optional(),
    model: z.string().max(60).optional(),
    address: z.string().max(60).describe('In the home’s network'),
    needsLogin: z.boolean(),
  })
  .readonly();
export type FoundCamera = z.infer<typeof FoundCamera>;

/** What a unit must have seen itself, since it was paired, before a plan can come into force. */
export const Proof = z.enum(['test-look', 'test-fall', 'power-cut']);
export type Proof = z.infer<typeof Proof>;

export const WhyNotServed = z.enum([
  'look-open',
  'alarm-goes-on',
  'not-found',
  'login-refused',
  'factory-password',
  'not-known',
  'not-paired',
  'already-ready',
  'lacks-proof',
  'not-vouched',
  'signature-wrong',
  'busy',
  'failed',
]);
export type WhyNotServed = z.infer<typeof WhyNotServed>;

export const ServiceAnswer = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('checked'),
      call: call.optional().describe('Absent: said by itself, because something has changed'),
      checks: z.array(Check).max(40).readonly(),
      sealingKey: Base64Url.length(43).optional().describe('X25519: what is sealed for this unit is sealed for it'),
      sealingProof: Base64Url.optional().describe("The unit's own signature over it"),
    })
    .readonly(),
  one('cameras', { cameras: z.array(FoundCamera).max(16).readonly() }, 'Those that answered'),
  one('camera-chosen', { checks: z.array(Check).max(8).readonly() }, 'It is watched from now on; what was put right'),
  one('dark-tried', { check: Check }, 'How it sees in the dark'),
  one('test-fall-raised', { alarm: AlarmId }, 'On its disk, and on its way'),
  one('proofs', { seen: z.array(Proof).max(3).readonly() }, 'What it has seen itself since it was paired'),
  one(
    'surveyed',
    {
      from: z.iso.datetime(),
      until: z.iso.datetime(),
      samples: z.int().min(0),
      worst: z.number().optional().describe('dBm, that 95 % of the samples are above'),
      median: z.number().optional().describe('dBm'),
      lost: z.int().min(0).describe('Samples without a network'),
      over: z.boolean(),
    },
    'What the survey has measured so far',
  ),
  one('ready-taken', { record: z.uuid() }, 'Its plan may come into force from now on'),
  one('restarting', {}, 'It will be back in a minute or two'),
  one(
    'updating',
    {
      version: z.string().max(40),
      state: z.enum(['fetching', 'installing', 'restarting', 'well', 'back']),
      percent: z.int().min(0).max(100).optional(),
    },
    'back: the new one was not well, and the old one runs again',
  ),
  one(
    'bundle',
    { part: z.int().min(0), parts: z.int().min(1).max(16), text: z.string().max(40_000) },
    'A part of the JSON text',
  ),
  one(
    'wiping',
    {
      at: z.iso.datetime(),
      signature: Base64Url.describe("The unit's own, over its name, the time and what it erases"),
    },
    'The last word in this home: it is a certificate of the wipe',
  ),
  one(
    'refused',
    {
      why: WhyNotServed.catch('failed').describe('failed: something else, which stands in the log of the unit'),
      lacks: z.array(Proof).max(3).readonly().optional(),
    },
    'All is as it was',
  ),
]);
export type ServiceAnswer = z.infer<typeof ServiceAnswer>;
export type ServiceAnswerType = ServiceAnswer['type'];

const NewerAnswer = z
  .object({ type: z.string().max(40), call: call.optional() })
  .readonly()
  .describe('Any other: kept as something that is not known here');

/** As it travels. */
export const SomeServiceAnswer = z.union([ServiceAnswer, NewerAnswer]);
export type SomeServiceAnswer = z.infer<typeof SomeServiceAnswer>;

/** @returns undefined: not one that this program knows */
export const knownAnswer = (some: SomeServiceAnswer): ServiceAnswer | undefined => ServiceAnswer.safeParse(some).data;
