/** What the unit says of the swap that it finds. */
import { describe, expect, it } from 'vitest';
import { openSwap } from '../../../agent/src/open-swap.ts';

const head = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority';
const crypt = (device: string) => (device === 'dm-1' ? 'CRYPT-PLAIN-swap\n' : device === 'dm-2' ? 'LVM-abc\n' : '');

describe('swap', () => {
  for (const [name, lines, expected] of [
    ['is nothing to speak of where there is none', [], []],
    ['in compressed memory never gets to a disk', ['/dev/zram0  partition  1000  0  100'], []],
    ['on an encrypted device is closed', ['/dev/dm-1  partition  1000  0  -2'], []],
    [
      'in a file, on a partition or on a volume is open',
      ['/swapfile file 9 0 -2', '/dev/sda3 partition 9 0 -3', '/dev/dm-2 partition 9 0 -4'],
      ['/swapfile', '/dev/sda3', '/dev/dm-2'],
    ],
  ] as const)
    it(name, () => expect(openSwap([head, ...lines, ''].join('\n'), crypt)).toEqual(expected));
});
