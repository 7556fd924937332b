/** The only SQL about the outbox: words that must reach the relay, alarms first. */
import type { MessageName } from '@nattfrid/shared/wire/messages';
import type { Database } from './database.ts';

export interface Waiting {
  readonly number: number;
  readonly id: string;
  readonly name: MessageName;
  /** JSON of the message's body. */
  readonly body: string;
  readonly madeAt: number;
}

export const outboxTable = (database: Database) => ({
  add(waiting: Omit<Waiting, 'number'>, priority: number): void {
    database.run(
      'insert into outbox (id, name, priority, body, made_at) values (?, ?, ?, ?, ?)',
      waiting.id,
      waiting.name,
      priority,
      waiting.body,
      waiting.madeAt,
    );
  },
  /** The one to send next: lowest priority number first, oldest first within it. @param but none of these numbers */
  first(but: readonly number[] = []): Waiting | undefined {
    const row = database.all(
      'select * from outbox where number not in (select value from json_each(?)) order by priority, number limit 1',
      JSON.stringify(but),
    )[0];
    if (!row) return undefined;
    return {
      number: Number(row['number']),
      id: String(row['id']),
      name: String(row['name']) as MessageName,
      body: String(row['body']),
      madeAt: Number(row['made_at']),
    };
  },
  remove: (number: number): void => void database.run('delete from outbox where number = ?', number),
  depth: (): number => Number(database.all('select count(*) as depth from outbox')[0]?.['depth'] ?? 0),
  /** Drops the oldest of the least important beyond `most`, never an alarm (priority 0); tells how many went. */
  bound(most: number): number {
    const over = this.depth() - most;
    if (over <= 0) return 0;
    const rows = database.all(
      'select number from outbox where priority > 0 order by priority desc, number limit ?',
      over,
    );
    for (const row of rows) this.remove(Number(row['number']));
    return rows.length;
  },
});
export type OutboxTable = ReturnType<typeof outboxTable>;
