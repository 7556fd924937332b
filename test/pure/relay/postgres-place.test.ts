/** An address of PostgreSQL says where it is and whom it trusts; one that is wrong is told in words that do not repeat it. */

import { safeInteger } from '@nattfrid/relay/store/postgres/numbers';
import { readPlace } from '@nattfrid/relay/store/postgres/place';
import { metBy } from '@nattfrid/relay/store/postgres/reasons';
import { describe, expect, it } from 'vitest';

describe('an address of PostgreSQL', () => {
  it.each([
    [
      'postgres://anna:l%C3%B6sen%40@127.0.0.1/natt',
      {
        host: '127.0.0.1',
        port: 5432,
        user: 'anna',
        password: 'lösen@',
        database: 'natt',
        tls: undefined,
        name: 'postgres://anna@127.0.0.1:5432/natt',
      },
    ],
    [
      'postgres:///natt?host=/run/postgresql&user=relay',
      {
        host: '/run/postgresql',
        user: 'relay',
        password: undefined,
        tls: undefined,
        name: 'postgres://relay@/natt on /run/postgresql',
      },
    ],
    [
      'postgresql://r@db.example:6000/natt?sslmode=verify-full',
      { port: 6000, tls: {}, name: 'postgres://r@db.example:6000/natt' },
    ],
    [
      'postgres://r@[2001:db8::1]/natt?sslmode=verify-full&sslrootcert=/ca.pem',
      { host: '2001:db8::1', tls: { authority: '/ca.pem' }, name: 'postgres://r@[2001:db8::1]:5432/natt' },
    ],
    ['postgres://r@db.example/natt?sslmode=disable', { tls: undefined }],
    [
      'postgres://r@db/natt?sslmode=verify-full&sslcert=/c.pem&sslkey=/k.pem',
      { tls: { certificate: '/c.pem', key: '/k.pem' } },
    ],
  ])('%s is read', (address, expected) => expect(readPlace(address)).toMatchObject(expected));

  it.each([
    ['postgres:natt', 'names no host'],
    ['postgres://anna:hemligt@db.example', 'names no database'],
    ['postgres://anna:hemligt@db.example/natt', 'is of another machine: say sslmode=verify-full'],
    ['postgres://anna:hemligt@db.example/natt?sslmode=require', 'does not make sure whom it speaks with'],
    ['postgres://anna:hemligt@db.example/natt?sslmode=no-verify', 'does not make sure whom it speaks with'],
    ['postgres://anna:hemligt@db.example/natt?ssl=true', 'says «ssl», which is not known'],
    ['postgres://anna:hemligt@db.example/natt?sslmode=verify-full&sslkey=/k', 'belong together'],
    ['postgres:///natt?host=/run/x&sslmode=verify-full', 'TLS on a socket'],
    ['postgres://anna:hemligt%zz@127.0.0.1/natt', 'write %25'],
    ['postgres://anna:hemligt@127.0.0.1:99999/natt', 'is no address'],
    ['postgres://anna:hemligt@127.0.0.1/natt?port=0', 'has a port that is none'],
  ])('%s is refused: %s', (address, words) => {
    const said = readPlace(address);
    expect(said).toEqual(expect.stringContaining(words));
    expect(said).not.toContain('hemligt');
  });
});

const error = (code: string, message = '') => Object.assign(new Error(message), { code });

describe('what PostgreSQL has met', () => {
  it.each([
    [error('53100'), 'full', false],
    [error('25006'), 'read-only', false],
    [error('42501'), 'read-only', false],
    [error('53300'), 'no-database', false],
    [error('57P01'), 'no-database', true],
    [error('57P03'), 'no-database', true],
    [error('08006'), 'no-database', true],
    [error('55P03'), 'held', false],
    [error('57014'), 'no-answer', false],
    [error('25P03'), 'no-answer', true],
    [error('XX001'), 'damaged', false],
    [error('28P01'), 'not-opened', false],
    [error('3D000'), 'not-opened', false],
    [error('ECONNREFUSED'), 'no-database', true],
    [error('ENOTFOUND'), 'no-database', true],
    [error('SELF_SIGNED_CERT_IN_CHAIN'), 'not-opened', true],
    [new Error('The server does not support SSL connections'), 'not-opened', true],
    [new Error('Connection terminated unexpectedly'), 'no-database', true],
    [new Error('Query read timeout'), 'no-database', true],
    [new Error('timeout exceeded when trying to connect'), 'no-database', true],
  ])('%s is «%s»', (met, why, lost) => expect(metBy(met)).toMatchObject({ reason: { why }, lost }));

  it.each([error('23505'), error('23514'), error('42P01'), error('22021'), new Error('changed its mind')])(
    '%s is a fault of the statement alone',
    (met) => expect(metBy(met)).toBeUndefined(),
  );

  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', 'Name its authority'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'for another name than its address'],
    ['CERT_HAS_EXPIRED', 'Renew it'],
  ])('of a certificate, %s, says what to do: %s', (code, words) =>
    expect(metBy(error(code))?.reason.words).toContain(words),
  );

  it('is never rounded unseen', () => {
    expect(safeInteger('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => safeInteger('9007199254740993')).toThrow('no number says exactly');
  });
});
