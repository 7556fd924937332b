/** The only SQL about the room: the one confirmed in use, and what drift is measured against. Figures, never a picture. */
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Database } from './database.ts';

export interface StoredRoom {
  /** JSON of the letter, as it came. */
  readonly body: string;
  readonly since: Instant;
  /** JSON of the room that large changes are measured against; undefined: the one before there were such. */
  readonly base?: string | undefined;
}

export const roomTable = (database: Database) => ({
  load(): StoredRoom | undefined {
    const row = database.all('select body, since, base from room')[0];
    if (!row) return undefined;
    const { body, since, base } = row;
    return { body: String(body), since: instant(Number(since)), ...(base !== null && { base: String(base) }) };
  },
  save: ({ body, since, base }: StoredRoom): void =>
    void database.run(
      'insert into room (slot, body, since, base) values (1, ?, ?, ?) on conflict (slot) do update set body = excluded.body, since = excluded.since, base = excluded.base',
      body,
      since,
      base ?? null,
    ),
  /** What the confirmed room looked like, in figures; undefined: not known yet. */
  landmarks(): string | undefined {
    const row = database.all('select body from landmarks')[0];
    return row && String(row['body']);
  },
  saveLandmarks: (body: string): void =>
    void database.run(
      'insert into landmarks (slot, body) values (1, ?) on conflict (slot) do update set body = excluded.body',
      body,
    ),
});
export type RoomTable = ReturnType<typeof roomTable>;
