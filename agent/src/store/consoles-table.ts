/** The only SQL about consoles: by which keys each operator is known here, and what colleagues have signed. Public halves only. */
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import { Confirmation } from '@nattfrid/shared/wire/console-proof';
import type { Database, Row } from './database.ts';

/** How a key came to be an operator's here. */
export interface KnownConsole {
  readonly operator: OperatorAlias;
  /** Ed25519, base64url. */
  readonly key: string;
  /** withdrawn: never known, and not to become so. */
  readonly how: 'first-sight' | 'confirmed' | 'withdrawn';
  /** First seen then, or confirmed from then on. */
  readonly since: Instant;
  /** The municipality had signed for whoever confirmed, or withdrew, it. */
  readonly vouched: boolean;
  /** Of a confirmed one: not longer. */
  readonly until?: Instant;
  readonly withdrawnAt?: Instant;
}

/** What is written down of a console that a colleague's word makes known. */
export interface ConfirmedBy {
  /** Who has signed, in words for the log. */
  readonly signer: string;
  readonly vouched: boolean;
  /** As in the letter. */
  readonly from: Instant;
  readonly until: Instant;
}

export const consolesTable = (database: Database) => ({
  /** All keys of this operator, also those that are withdrawn. */
  of: (operator: OperatorAlias): readonly KnownConsole[] =>
    database.all('select * from consoles where operator = ? order by since', operator).map(read),
  /** Whose consoles have this key: several people may share a browser. */
  withKey: (key: string): readonly KnownConsole[] =>
    database.all('select * from consoles where key = ? order by since', key).map(read),
  /** An operator's first key; it stays. */
  add: (operator: OperatorAlias, key: string, since: Instant): void =>
    void database.run(
      "insert into consoles (operator, key, since, how) values (?, ?, ?, 'first-sight') on conflict (operator, key) do nothing",
      operator,
      key,
      since,
    ),
  /** One of first sight stays one; a confirmed or withdrawn one goes by this word from now on. */
  confirm: (operator: OperatorAlias, key: string, { signer, vouched, from, until }: ConfirmedBy): void =>
    void database.run(
      `insert into consoles (operator, key, since, how, signer, vouched, until) values (?, ?, ?, 'confirmed', ?, ?, ?)
       on conflict (operator, key) do update set
         since = case when how = 'first-sight' and withdrawn_at is null then since else excluded.since end,
         how = case when how = 'first-sight' and withdrawn_at is null then how else 'confirmed' end,
         signer = excluded.signer, vouched = excluded.vouched, until = excluded.until, withdrawn_at = null`,
      operator,
      key,
      from,
      signer,
      vouched ? 1 : 0,
      until,
    ),
  withdraw: (operator: OperatorAlias, key: string, at: Instant, signer: string, vouched: boolean): void =>
    void database.run(
      `insert into consoles (operator, key, since, how, signer, vouched, withdrawn_at) values (?, ?, ?, 'withdrawn', ?, ?, ?)
       on conflict (operator, key) do update set
         signer = excluded.signer, vouched = excluded.vouched, withdrawn_at = excluded.withdrawn_at`,
      operator,
      key,
      at,
      signer,
      vouched ? 1 : 0,
      at,
    ),
  /** The newest list of what colleagues have signed, in the place of the one before. */
  keepConfirmations: (all: readonly Confirmation[]): void =>
    database.transaction(() => {
      database.run('delete from confirmations');
      for (const one of all) database.run('insert into confirmations (body) values (?)', JSON.stringify(one));
    }),
  confirmations: (): readonly Confirmation[] =>
    database.all('select body from confirmations order by number').flatMap(({ body }) => {
      const read = Confirmation.safeParse(JSON.parse(String(body)));
      return read.success ? [read.data] : [];
    }),
  /** @returns how many were known */
  forgetAll(): number {
    database.run('delete from confirmations');
    return database.run('delete from consoles');
  },
});
export type ConsolesTable = ReturnType<typeof consolesTable>;

const read = (row: Row): KnownConsole => ({
  operator: String(row['operator']) as OperatorAlias,
  key: String(row['key']),
  how: row['how'] as KnownConsole['how'],
  since: Number(row['since']) as Instant,
  vouched: row['vouched'] === 1,
  ...(row['until'] !== null && { until: Number(row['until']) as Instant }),
  ...(row['withdrawn_at'] !== null && { withdrawnAt: Number(row['withdrawn_at']) as Instant }),
});
