/** Pure. Which errors of PostgreSQL, and of the way to it, mean that the relay cannot save, and what to do about each, in words. */
import type { Reason } from '../engine/cannot-save.ts';

const again = 'The relay goes on by itself when it is back';
const away: Reason = {
  why: 'no-database',
  words: `PostgreSQL does not answer. Look at its service and the network. ${again}`,
};
const closed: Reason = {
  why: 'not-opened',
  words: 'PostgreSQL does not let the relay in. Look at the user, the password and pg_hba.conf',
};
const held: Reason = { why: 'held', words: 'another program holds the database. End it: see pg_stat_activity' };
const damaged: Reason = {
  why: 'damaged',
  words:
    'the database is damaged. Stop the relay, mend or replace PostgreSQL, and restore the newest backup: nattfrid-relay restore FILE',
};
const readOnly: Reason = {
  why: 'read-only',
  words: 'the database may only be read: it is a standby, or default_transaction_read_only is on. Name the primary',
};
const rights: Reason = {
  why: 'read-only',
  words: 'the relay has no right to its tables. Make its user the owner of the database',
};

/** By SQLSTATE (PostgreSQL 15, appendix A), or its class. */
const reasons: Readonly<Record<string, Reason>> = {
  '08': away,
  '25006': readOnly,
  '25P03': {
    why: 'no-answer',
    words: 'the relay was too slow between two statements. Look at the load of its machine',
  },
  '28': closed,
  '3D000': { why: 'not-opened', words: 'there is no such database. Make it, as docs/operating.md says' },
  '40001': held,
  '40P01': held,
  '42501': rights,
  '53100': { why: 'full', words: 'the disk of PostgreSQL is full. Make room on it' },
  '53200': { why: 'no-database', words: `PostgreSQL has no memory left. Give it more. ${again}` },
  '53300': {
    why: 'no-database',
    words: `PostgreSQL takes no more connections. Raise max_connections, or end who holds them. ${again}`,
  },
  '53': { why: 'no-database', words: `PostgreSQL has no room for more. Look at its log. ${again}` },
  '55P03': held,
  '57014': { why: 'no-answer', words: 'PostgreSQL took too long. Look at its load and at pg_stat_activity' },
  '57P01': { why: 'no-database', words: `PostgreSQL was stopped. Start it. ${again}` },
  '57P02': { why: 'no-database', words: `PostgreSQL has crashed. Look at its log. ${again}` },
  '57P03': { why: 'no-database', words: `PostgreSQL is starting or stopping. ${again}` },
  '58030': { why: 'no-answer', words: 'the disk of PostgreSQL does not answer. Look at the disk' },
  '58P01': damaged,
  XX001: damaged,
  XX002: damaged,
};

/** The connection is over, or nobody knows how it is: nothing more may be asked on it. */
const lost = /^(08...|57P0[1-5]|25P0[34])$/;

/** Node's own, of the way there. */
const unreachable =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|E?NOTFOUND|EAI_\w+|E(HOST|NET)(UNREACH|DOWN)|ETIMEDOUT|ENOENT|EACCES)$/;
const untrusted = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ERR_SSL_)/;
/** Of these no authority would make it right. */
const mended: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID:
    'is for another name than its address. Write the name in the address that stands in the certificate',
  CERT_HAS_EXPIRED: 'has run out. Renew it',
  CERT_NOT_YET_VALID: 'is not valid yet. Look at the clocks of both machines',
};
const noTls: Reason = {
  why: 'not-opened',
  words: 'PostgreSQL speaks no TLS, and its address asks for it. Set ssl = on in postgresql.conf, with a certificate',
};
/** node-postgres's, which have no code. */
const said =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered|was closed))/;

export interface Met {
  readonly reason: Reason;
  /** The connection is of no more use. */
  readonly lost: boolean;
}

/** @returns undefined: a statement's own fault, such as a name that is there already. */
export function metBy(error: unknown): Met | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = reasons[code] ?? reasons[code.slice(0, 2)];
  if (reason && code.length === 5) return { reason, lost: lost.test(code) };
  if (unreachable.test(code) || said.test(error.message)) return { reason: away, lost: true };
  if (error.message.startsWith('The server does not support SSL')) return { reason: noTls, lost: true };
  if (untrusted.test(code)) {
    const what = mended[code] ?? `is not trusted (${code}). Name its authority: sslrootcert=FILE`;
    return { reason: { why: 'not-opened', words: `the certificate of PostgreSQL ${what}` }, lost: true };
  }
  return undefined;
}
