/** Calls and orders from the relay: check the bytes, drop what was seen before, hand on by name. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import { readLetter } from '@nattfrid/shared/wire/envelope';
import type { Message, NamesFrom } from '@nattfrid/shared/wire/messages';
import { readTopic } from '@nattfrid/shared/wire/topics';

export type Orders = { readonly [Name in NamesFrom<'relay'>]: (body: Message<Name>) => void };

/** How many ids of past messages are remembered; QoS 1 repeats itself within seconds. */
const remembered = 500;

/** @param relaySays told the time by the relay's clock, with each message that is new @returns what to call with each arriving message; bad ones are logged and counted, never thrown. */
export function obey(
  unit: UnitId,
  orders: Orders,
  log: Logger,
  relaySays: (at: Instant) => void = () => {},
): (topic: string, bytes: Uint8Array) => void {
  const seen = new Set<string>();
  return (topic, bytes) => {
    const place = readTopic(topic);
    if (!place || place.unit !== unit || !isOrder(place.name, orders))
      return log.warn('A message on a topic that is not ours was dropped');
    const letter = readLetter(place.name, bytes);
    if (letter instanceof Fault)
      return log.warn('A message that cannot be read was dropped', {
        name: place.name,
        code: letter.code,
        words: letter.message,
      });
    if (letter.unit !== unit) return log.warn('A message for another unit was dropped', { name: place.name });
    if (seen.has(letter.id)) return;
    seen.add(letter.id);
    if (seen.size > remembered) seen.delete(seen.values().next().value ?? '');
    relaySays(parseInstant(letter.sentAt));
    const order = orders[place.name] as (body: unknown) => void;
    order(letter.body);
  };
}

const isOrder = (name: string, orders: Orders): name is NamesFrom<'relay'> => Object.hasOwn(orders, name);
