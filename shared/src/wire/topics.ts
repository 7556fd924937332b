/** Pure. MQTT topics: topic <> (unit, message). The only file that splits a topic. */
import { UnitId } from '../domain/ids.ts';
import { type MessageName, messages } from './messages.ts';

const root = 'nattfrid/v1';

/** nattfrid/v1/UNIT/up/NAME for messages of the unit, …/down/NAME for messages to it. */
export const topicOf = (unit: UnitId, name: MessageName): string =>
  `${root}/${unit}/${messages[name].from === 'unit' ? 'up' : 'down'}/${name}`;

/** The topic filter of a unit's subscription. */
export const downTopics = (unit: UnitId): string => `${root}/${unit}/down/+`;

/** Whether it is a unit's own topic for a message that this program does not know: a newer unit has said something. */
export function isUnknownWord(unit: UnitId, topic: string): boolean {
  const own = `${root}/${unit}/up/`;
  const name = topic.slice(own.length);
  return topic.startsWith(own) && /^[a-z][a-z-]{0,39}$/.test(name) && !Object.hasOwn(messages, name);
}

/** @returns undefined for any other topic */
export function readTopic(topic: string): { readonly unit: UnitId; readonly name: MessageName } | undefined {
  const match = /^nattfrid\/v1\/([^/+#]+)\/(up|down)\/([^/+#]+)$/.exec(topic);
  if (!match) return undefined;
  const [, unit, way, name] = match as unknown as [string, string, string, string];
  if (!Object.hasOwn(messages, name) || !UnitId.safeParse(unit).success) return undefined;
  const known = name as MessageName;
  if ((messages[known].from === 'unit') !== (way === 'up')) return undefined;
  return { unit: unit as UnitId, name: known };
}
