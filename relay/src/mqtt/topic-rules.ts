/** Pure. Which topics are whose: a unit says its own words and hears what is said to it, and nothing else exists. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { type MessageName, messages, type NamesFrom } from '@nattfrid/shared/wire/messages';
import { downTopics, readTopic } from '@nattfrid/shared/wire/topics';

/** The word that a unit publishes; undefined where it is no word, another's, or one that only the relay says. */
export function wordOf(unit: UnitId, topic: string): NamesFrom<'unit'> | undefined {
  const read = readTopic(topic);
  return read?.unit === unit && isFromUnit(read.name) ? read.name : undefined;
}

/** All that is said to it, or one word of that. */
export function maySubscribe(unit: UnitId, filter: string): boolean {
  if (filter === downTopics(unit)) return true;
  const read = readTopic(filter);
  return read?.unit === unit && !isFromUnit(read.name);
}

const isFromUnit = (name: MessageName): name is NamesFrom<'unit'> => messages[name].from === 'unit';
