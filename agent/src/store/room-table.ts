/** The only SQL about the room: the one confirmed in use, and what drift is measured against. Figures, never a picture. */
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Database } from './database.ts';

export interface StoredRoom {
  /** JSON of the letter, as it came. */
  readonly body: string;
  readonly since: Instant;
}

export const roomTable = (database: Database) => ({
  load(): StoredRoom | undefined {
    const row = database.all('select body, since from room')[0];
    return row && { body: String(row['body']), since: instant(Number(row['since'])) };
  },
  save: ({ body, since }: StoredRoom): void =>
    void database.run(
      'insert into room (slot, body, since) values (1, ?, ?) on conflict (slot) do update set body = excluded.body, since = excluded.since',
      body,
      since,
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
