/** Pure. What doors and the main node say to each other on the bus, each with its schema; whatever is none of it is left out. */
import { LookId, OperatorAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault, faultCodes } from '@nattfrid/shared/fault/fault';
import { Base64Url } from '@nattfrid/shared/wire/bytes';
import { longestMessage } from '@nattfrid/shared/wire/envelope';
import { messages } from '@nattfrid/shared/wire/messages';
import { z } from 'zod';
import { NodeName } from '../config/node-name.ts';
import { whyRefused } from '../mqtt/why-refused.ts';

const names = (from: 'unit' | 'relay') =>
  Object.entries(messages).flatMap(([name, message]) => (message.from === from ? [name] : []));
const Upward = z.string().refine((name) => names('unit').includes(name));
const Downward = z.string().refine((name) => names('relay').includes(name));
const Bytes = Base64Url.max(2 * longestMessage);
const Address = z.string().max(100);
const Credential = z.string().max(500);

const Session = z.object({
  type: z.literal('session'),
  session: z.string().max(200),
  operator: z.string().max(200),
  look: LookId.optional(),
  bell: z.literal(true).optional(),
});
const UnitGuest = z.object({ type: z.literal('unit'), unit: UnitId, credential: Credential });
const AnyGuest = z.discriminatedUnion('type', [Session, UnitGuest]);
const GuestId = z.uuid();

/** A door tells: in its order, and counted, so that one that was lost is noticed. */
export const Told = z.discriminatedUnion('type', [
  z.object({ type: z.literal('came'), unit: UnitId, address: Address, credential: Credential.optional() }),
  z.object({ type: z.literal('left'), unit: UnitId }),
  z.object({ type: z.literal('listens'), unit: UnitId }),
  z.object({
    type: z.literal('refused'),
    unit: UnitId.optional(),
    why: z.enum(whyRefused),
  }),
  z.object({ type: z.literal('guest-in'), id: GuestId, guest: AnyGuest }),
  z.object({ type: z.literal('guest-out'), id: GuestId }),
  // What is wrong with it; a newer node may know of more.
  z.object({ type: z.literal('beat'), troubles: z.array(z.string().max(40)).max(10).optional() }),
  z.object({
    type: z.literal('hello'),
    units: z.array(z.object({ unit: UnitId, address: Address, credential: Credential.optional() })),
    guests: z.array(z.object({ id: GuestId, guest: AnyGuest })),
    isLast: z.boolean(),
  }),
]);
export type Told = z.infer<typeof Told>;
export const DoorSays = z.object({ node: NodeName, count: z.number().int().min(0), told: Told });
export type DoorSays = z.infer<typeof DoorSays>;

/** A door asks, and waits for the answer. */
export const DoorAsks = z.discriminatedUnion('type', [
  z.object({ type: z.literal('knows'), unit: UnitId, token: z.string().max(1000) }),
  z.object({ type: z.literal('wrong'), unit: UnitId, address: Address }),
  z.object({ type: z.literal('receive'), unit: UnitId, name: Upward, bytes: Bytes }),
  z.object({
    type: z.literal('knock'),
    path: z.string().max(200),
    query: z.string().max(2000),
    headers: z.record(z.string(), z.string().max(8000)),
    address: Address,
  }),
  z.object({ type: z.literal('shown'), look: LookId }),
]);
export type DoorAsks = z.infer<typeof DoorAsks>;

const Refused = z.object({
  type: z.literal('fault'),
  code: z.enum(Object.keys(faultCodes) as [keyof typeof faultCodes]),
  words: z.string().max(2000),
});
export const Answer = z.discriminatedUnion('type', [
  Refused,
  z.object({ type: z.literal('known'), credential: Credential.optional() }),
  z.object({ type: z.literal('wait'), milliseconds: z.number().min(0).max(60_000) }),
  z.object({ type: z.literal('done') }),
  z.object({ type: z.literal('view'), guest: Session, look: LookId, operator: z.string().max(200) }),
  z.object({
    type: z.literal('send'),
    guest: UnitGuest,
    look: LookId.optional(),
    reader: z.string().max(64).optional(),
  }),
]);
export type Answer = z.infer<typeof Answer>;

const Look = z.object({
  look: LookId,
  unit: UnitId,
  operator: z.string().max(200),
  joined: z.array(z.object({ operator: z.string().max(200), alias: OperatorAlias })),
});

/** The main node tells a door, or all of them. */
const Tells = z.discriminatedUnion('type', [
  z.object({ type: z.literal('beat'), url: z.url(), unitPort: z.number().int().optional() }),
  z.object({ type: z.literal('say-hello') }),
  z.object({ type: z.literal('send'), unit: UnitId, name: Downward, bytes: Bytes }),
  z.object({ type: z.literal('cut'), unit: UnitId }),
  z.object({ type: z.literal('looks'), looks: z.array(Look) }),
  z.object({ type: z.literal('open'), look: LookId, unit: UnitId, operator: z.string().max(200) }),
  z.object({ type: z.literal('shut'), look: LookId }),
  z.object({ type: z.literal('admit'), look: LookId, operator: z.string().max(200), alias: OperatorAlias }),
  z.object({ type: z.literal('dismiss'), look: LookId, operator: z.string().max(200) }),
  z.object({ type: z.literal('put-out'), ids: z.array(GuestId), code: z.number().int(), reason: z.string().max(120) }),
]);
export type Tells = z.infer<typeof Tells>;
/** Of an older term than one that has been heard of, it is a node that does not know yet that it is main no more. */
export const MainSays = z.object({ node: NodeName, term: z.number().int().min(0), tells: Tells });
export type MainSays = z.infer<typeof MainSays>;

export const writeWords = (words: object): Uint8Array => new TextEncoder().encode(JSON.stringify(words));

/** @returns undefined where it is none */
export function readWords<Shape extends z.ZodType>(shape: Shape, bytes: Uint8Array): z.infer<Shape> | undefined {
  try {
    const read = shape.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

export const answerOf = (fault: Fault): Answer => ({
  type: 'fault',
  code: fault.code,
  words: fault.message.slice(0, 2000),
});
export const faultOf = ({ code, words }: z.infer<typeof Refused>): Fault => new Fault(code, words);
