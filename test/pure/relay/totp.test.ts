/** Codes of an authenticator app against the vectors of RFC 6238, and where passkeys belong. */
import { placeOf } from '@nattfrid/relay/second-factor/place';
import { newSecret, stepOf, uriOf } from '@nattfrid/relay/second-factor/totp';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

/** «12345678901234567890» in base 32 (RFC 6238, appendix B); of its eight figures apps show the last six. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (second: number) => instant(second * 1000);

describe('a code of an authenticator app', () => {
  for (const [second, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ] as const)
    it(`is ${code} at ${second} s (RFC 6238)`, () =>
      expect(stepOf(secret, code, at(second))).toBe(Math.floor(second / 30)));

  it('is taken half a minute early or late, and no more', () => {
    const code = '005924';
    const off = [-60, -30, 0, 30, 60].map((seconds) => stepOf(secret, code, at(1234567890 + seconds)) !== undefined);
    expect(off).toEqual([false, true, true, true, false]);
  });

  it('of another secret, or no code at all, is none', () => {
    for (const code of ['000000', '28708', 'abcdef', '', '２８７０８２'])
      expect(stepOf(secret, code, at(59))).toBeUndefined();
    expect(newSecret()).not.toBe(newSecret());
  });

  it('stands in the app under whose it is', () =>
    expect(uriOf(secret, 'anna@testby.se')).toBe(
      `otpauth://totp/Nattfrid:anna%40testby.se?issuer=Nattfrid&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    ));
});

describe('passkeys belong to', () => {
  for (const [publicOrigin, host, rpId] of [
    ['https://relay.example', 'evil.example', 'relay.example'],
    ['https://relay.example:8443', 'relay.example:8443', 'relay.example'],
    [undefined, 'localhost:8080', 'localhost'],
    [undefined, 'relay.example', undefined],
    [undefined, '192.0.2.1:8080', undefined],
    ['https://192.0.2.1', '192.0.2.1', undefined],
    ['https://[2001:db8::1]', '[2001:db8::1]', undefined],
    ['http://relay.example', 'relay.example', undefined],
  ] as const)
    it(`${rpId ?? 'nobody'} where the relay is ${publicOrigin ?? 'nowhere'} and is called ${host}`, () =>
      expect(placeOf(publicOrigin, host)?.rpId).toBe(rpId));
});
