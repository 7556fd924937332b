/** Pure. Schema of a night's script: its events, the agreed alarms, the seed of all that varies. A new night is one more object of this shape. */

import { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import { z } from 'zod';

const at = z.number().min(0).max(720);
const minutes = z.number().min(0.1).max(240);
const brief = <Name extends string>(name: Name) => z.strictObject({ do: z.literal(name), at }).readonly();
const lasting = <Name extends string>(name: Name) => z.strictObject({ do: z.literal(name), at, minutes }).readonly();

/** `at`: minutes after the night's beginning. What a person does begins in bed and ends there, unless it says otherwise. */
export const NightEvent = z.discriminatedUnion('do', [
  brief('turns-over'),
  brief('stirs'),
  brief('ties-shoe'),
  brief('picks-up'),
  lasting('bathroom'),
  lasting('sits-on-edge'),
  brief('blanket-falls'),
  lasting('nurses'),
  brief('cat'),
  brief('vacuum'),
  brief('chair'),
  lasting('lamp'),
  lasting('colour'),
  lasting('curtain'),
  brief('headlights'),
  lasting('television'),
  lasting('insects'),
  lasting('web'),
  brief('falls'),
  brief('slides'),
  brief('found-lying'),
  lasting('gone-out'),
  lasting('camera-covered'),
]);
export type NightEvent = z.infer<typeof NightEvent>;

export const Night = z
  .strictObject({
    name: z.string().min(1).max(60),
    /** Of all that varies. */
    seed: z.int().min(0).max(1_000_000),
    /** `drawn`: room, people and camera are drawn anew from the seed; `known`: one room, in which clothes, side and noise vary. */
    home: z.enum(['known', 'drawn']).default('known'),
    /** ISO 8601: the first picture. */
    begins: z.iso.datetime({ offset: true }),
    minutes: z.number().min(1).max(720),
    /** `goes-to-bed`: comes in and lies down after the room was empty; `sits-up`: on the edge of the bed from the beginning, and to bed at the given minute. */
    first: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('in-bed') }).readonly(),
      z.strictObject({ is: z.literal('goes-to-bed'), atMinute: z.number().min(0.2).max(240) }).readonly(),
      z.strictObject({ is: z.literal('sits-up'), untilMinute: minutes }).readonly(),
    ]),
    alarms: AgreedAlarms,
    events: z.array(NightEvent).max(200).readonly(),
  })
  .readonly();
export type Night = z.infer<typeof Night>;
