import { openAddresses } from '@nattfrid/relay/outgoing/address';
import { describe, expect, it } from 'vitest';

const may = openAddresses([]);

describe('A6.5 where the relay sends to', () => {
  for (const address of [
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '127.0.0.1',
    '0.0.0.0',
    '169.254.169.254',
    '100.64.0.1',
  ])
    it(`never ${address}`, () => expect(may(address)).toBe(false));
  for (const address of [
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
  ])
    it(`never ${address}`, () => expect(may(address)).toBe(false));
  for (const address of ['192.0.2.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1', 'example.se', ''])
    it(`never «${address}»`, () => expect(may(address)).toBe(false));
  for (const address of ['8.8.8.8', '142.250.74.10', '2a00:1450:400f:80c::200a'])
    it(`to ${address}`, () => expect(may(address)).toBe(true));

  it('into a network of its own only where whoever runs it has allowed that network, and no further', () => {
    const own = openAddresses(['10.20.0.0/16', '192.168.7.7', 'fd00::/8']);
    expect(['10.20.255.1', '::ffff:10.20.0.1', '192.168.7.7', 'fd12::1'].map(own)).toEqual([true, true, true, true]);
    expect(['10.21.0.1', '192.168.7.8', 'fe80::1', '127.0.0.1'].map(own)).toEqual([false, false, false, false]);
  });
});
