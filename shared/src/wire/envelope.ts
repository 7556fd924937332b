/** Pure. The envelope of every message: version, id, unit, sent-at. Bad bytes become a Fault, never a throw. */
import { z } from 'zod';
import { UnitId } from '../domain/ids.ts';
import { Fault } from '../fault/fault.ts';
import { type Instant, printInstant } from '../time/instant.ts';
import { type Message, type MessageName, messages } from './messages.ts';

/** Bytes of the longest message; no schema allows more. */
export const longestMessage = 64 * 1024;

const Envelope = z.object({
  v: z.literal(1),
  /** Unique for ever: the receiver deduplicates by it, never by time. */
  id: z.uuid(),
  unit: UnitId,
  sentAt: z.iso.datetime(),
  body: z.unknown(),
});

export interface Letter<Name extends MessageName> {
  readonly name: Name;
  readonly id: string;
  readonly unit: UnitId;
  readonly sentAt: string;
  readonly body: Message<Name>;
}
export type AnyLetter = { [Name in MessageName]: Letter<Name> }[MessageName];

/** @param id a fresh UUID, or the kept one when the message is sent again */
export function writeLetter<Name extends MessageName>(
  name: Name,
  unit: UnitId,
  id: string,
  sentAt: Instant,
  body: Message<Name>,
): Uint8Array<ArrayBuffer> {
  const checked = messages[name].schema.parse(body);
  return new TextEncoder().encode(JSON.stringify({ v: 1, id, unit, sentAt: printInstant(sentAt), body: checked }));
}

/** The message inside, or a Fault that names the wrong field. */
export function readLetter<Name extends MessageName>(name: Name, bytes: Uint8Array): Letter<Name> | Fault {
  if (bytes.length > longestMessage)
    return new Fault('message-too-large', `A ${name} of ${bytes.length} bytes; at most ${longestMessage} are read.`);
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    return new Fault('message-not-json', `A ${name} that is not JSON.`, { cause });
  }
  if (typeof raw === 'object' && raw !== null && 'v' in raw && raw.v !== 1)
    return new Fault(
      'message-wrong-version',
      `A ${name} of version ${String(raw.v).slice(0, 20)}; this program speaks version 1.`,
    );
  const envelope = Envelope.safeParse(raw);
  if (!envelope.success) return invalid(name, envelope.error);
  const body = messages[name].schema.safeParse(envelope.data.body);
  if (!body.success) return invalid(name, body.error);
  const { id, unit, sentAt } = envelope.data;
  return { name, id, unit, sentAt, body: body.data as Message<Name> };
}

function invalid(name: MessageName, error: z.ZodError): Fault {
  const first = error.issues[0];
  return new Fault(
    'message-invalid',
    `A ${name} whose field «${first?.path.join('.') ?? ''}» is wrong: ${first?.message ?? ''}.`,
  );
}
