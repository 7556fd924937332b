/** The only SQL about the time by which the unit erases: one row. */
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Database } from './database.ts';

export const sureTimeTable = (database: Database) => ({
  /** Before the first time that it was kept: when the unit last wrote in its access log. Undefined: it never has. */
  last(): Instant | undefined {
    const kept =
      database.all('select at from sure_time')[0] ??
      database.all('select at from access order by number desc limit 1')[0];
    return kept && instant(Number(kept['at']));
  },
  keep: (at: Instant): void =>
    void database.run(
      'insert into sure_time (slot, at) values (1, ?) on conflict (slot) do update set at = excluded.at',
      at,
    ),
});
