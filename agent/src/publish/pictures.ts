/** Publishes a look's pictures: to each reader by a WebSocket of its own, apart from MQTT. */
import type { Coded } from '../encode/coded.ts';
import type { Reader, Readers } from '../look/readers.ts';
import { dataUsed } from './data-used.ts';
import { openReaderWay, type ReaderWay, type ReaderWayParts } from './reader-way.ts';

export interface PublishingPictures extends Omit<ReaderWayParts, 'used'> {
  readonly readers: Readers;
  readonly coded: AsyncIterable<Coded>;
}

/** Runs until the pictures end or the abort. A reader loses the pictures of the time without a connection. */
export async function publishPictures(parts: PublishingPictures, signal: AbortSignal): Promise<void> {
  const { readers, coded, look } = parts;
  const used = dataUsed();
  const ways = new Map<Reader, ReaderWay>();
  const ending: Promise<void>[] = [];
  const end = (reader: Reader, way: ReaderWay) => {
    ways.delete(reader);
    ending.push(Promise.resolve(way[Symbol.asyncDispose]()));
  };
  const follow = () => {
    const now = readers.all();
    for (const [reader, way] of ways) if (!now.includes(reader)) end(reader, way);
    for (const reader of now) {
      if (ways.has(reader)) continue;
      // `shown` follows the operator who opened the look, not a colleague.
      const shown = reader.operator === look.operator ? parts.shown : undefined;
      ways.set(reader, openReaderWay({ ...parts, used, shown }, reader, signal));
    }
  };
  using _ = readers.onChange(follow);
  follow();
  try {
    for await (const one of coded) {
      if (signal.aborted) break;
      await Promise.all([...ways.values()].map((way) => way.take(one)));
    }
  } finally {
    for (const [reader, way] of ways) end(reader, way);
    await Promise.all(ending);
  }
}
