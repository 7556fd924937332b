/** Pure. Topic <> (unit, message). The only file that splits a topic. */
import { UnitId } from '../domain/ids.ts';
import { type MessageName, messages } from './messages.ts';

const root = 'nattfrid/v1';

/** nattfrid/v1/UNIT/up/NAME for what a unit says, …/down/NAME for what it is told. */
export const topicOf = (unit: UnitId, name: MessageName): string =>
  `${root}/${unit}/${messages[name].from === 'unit' ? 'up' : 'down'}/${name}`;

/** All that a unit listens to. */
export const downTopics = (unit: UnitId): string => `${root}/${unit}/down/+`;

/** Undefined for anything that is not exactly one of ours. */
export function readTopic(topic: string): { readonly unit: UnitId; readonly name: MessageName } | undefined {
  const match = /^nattfrid\/v1\/([^/+#]+)\/(up|down)\/([^/+#]+)$/.exec(topic);
  if (!match) return undefined;
  const [, unit, way, name] = match as unknown as [string, string, string, string];
  if (!Object.hasOwn(messages, name) || !UnitId.safeParse(unit).success) return undefined;
  const known = name as MessageName;
  if ((messages[known].from === 'unit') !== (way === 'up')) return undefined;
  return { unit: unit as UnitId, name: known };
}
