/** Publishes a look's pictures: to each reader by a WebSocket of its own, apart from MQTT. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Coded } from '../encode/coded.ts';
import type { Reader, Readers } from '../look/readers.ts';
import { dataUsed } from './data-used.ts';
import { openReaderWay, type ReaderWay, type ReaderWayParts } from './reader-way.ts';

export interface PublishingPictures extends Omit<ReaderWayParts, 'used'> {
  readonly readers: Readers;
  readonly coded: AsyncIterable<Coded>;
}

/** The first picture waits this long for a way: after that it is too old to be shown as live. */
const held = milliseconds(1000);

/** Runs until the pictures end or the abort. A reader loses the pictures of the time without a connection. */
export async function publishPictures(parts: PublishingPictures, signal: AbortSignal): Promise<void> {
  const { readers, coded, look, clock } = parts;
  const used = dataUsed();
  const ways = new Map<Reader, ReaderWay>();
  let begins = true;
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
      ways.set(reader, openReaderWay({ ...parts, used, shown, begins: () => begins }, reader, signal));
    }
  };
  using _ = readers.onChange(follow);
  follow();
  try {
    for await (const one of coded) {
      if (signal.aborted) break;
      if (begins) await firstOf(ways, clock, signal);
      begins = false;
      await Promise.all([...ways.values()].map((way) => way.take(one)));
    }
  } finally {
    for (const [reader, way] of ways) end(reader, way);
    await Promise.all(ending);
  }
}

/** Resolves once one of these ways is open, or it has been waited for too long. */
async function firstOf(ways: ReadonlyMap<Reader, ReaderWay>, clock: Clock, signal: AbortSignal): Promise<void> {
  const waited = new AbortController();
  const late = clock.sleep(held, AbortSignal.any([signal, waited.signal]));
  await Promise.race([...[...ways.values()].map(({ linked }) => linked), late]);
  waited.abort();
}
