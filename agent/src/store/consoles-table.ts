/** The only SQL about consoles: the key by which each operator was first seen. Public halves only. */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Database } from './database.ts';

export const consolesTable = (database: Database) => ({
  /** Ed25519, base64url; undefined: this operator has not come with a key yet. */
  find(operator: OperatorAlias): string | undefined {
    const row = database.all('select key from consoles where operator = ?', operator)[0];
    return row && String(row['key']);
  },
  /** The first one stays. */
  add: (operator: OperatorAlias, key: string, since: Instant): void =>
    database.run(
      'insert into consoles (operator, key, since) values (?, ?, ?) on conflict (operator) do nothing',
      operator,
      key,
      since,
    ),
  /** @returns how many were known */
  forgetAll(): number {
    const known = Number(database.all('select count(*) as known from consoles')[0]?.['known'] ?? 0);
    database.run('delete from consoles');
    return known;
  },
});
export type ConsolesTable = ReturnType<typeof consolesTable>;
