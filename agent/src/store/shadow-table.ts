/** The only SQL about what would have been alarms: those that have begun and are not over, so that an event is counted once over a restart. */
import type { ShadowKind } from '@nattfrid/shared/domain/plan';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Database } from './database.ts';

export const shadowTable = (database: Database) => ({
  began: (event: string, kind: ShadowKind, at: Instant): void =>
    void database.run('insert into shadow_events (id, kind, began_at) values (?, ?, ?)', event, kind, at),
  /** What is over is the relay's to keep. */
  ended: (event: string): void => void database.run('delete from shadow_events where id = ?', event),
  openKinds: (): string[] => database.all('select distinct kind from shadow_events').map(({ kind }) => String(kind)),
  open(kind: ShadowKind): { readonly event: string; readonly began: Instant } | undefined {
    const [row] = database.all('select * from shadow_events where kind = ? order by began_at desc limit 1', kind);
    return row && { event: String(row['id']), began: instant(Number(row['began_at'])) };
  },
});
export type ShadowTable = ReturnType<typeof shadowTable>;
