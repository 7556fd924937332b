import { describe, expect, it } from 'vitest';
import { bootProgram, environmentBlock, firstBootState, tries } from '../../../image/boot-loader.ts';
import { diskSize, mib, partition, partitions, placed, tableArguments } from '../../../image/layout.ts';

describe('the card', () => {
  it('holds partitions that neither overlap nor reach past its end, each on a whole MiB', () => {
    let end = mib;
    for (const { start, size } of placed()) {
      expect(start).toBe(end);
      expect(start % mib).toBe(0);
      end = start + size;
    }
    expect(end).toBe(diskSize() - mib);
  });

  it('fits on a card that is sold as 4 GB', () => expect(diskSize()).toBeLessThan(3.5e9));

  it('has two slots of the same size, so that an update for one fits into the other', () => {
    expect(partition('root-a').size).toBe(partition('root-b').size);
    expect(partition('boot-a').size).toBe(partition('boot-b').size);
  });

  it('calls each partition by a name and an id of its own, in the numbers that the boot loader counts', () => {
    expect(new Set(partitions.map(({ id }) => id)).size).toBe(partitions.length);
    expect(partitions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(tableArguments().filter((one) => one.startsWith('--partition-guid'))).toHaveLength(8);
  });
});

describe('the boot loader', () => {
  it('reads a block of 1024 bytes whose words lie in the first sector, which a power cut leaves old or new', () => {
    const block = environmentBlock(firstBootState);
    expect(block).toHaveLength(1024);
    expect(block.toString().lastIndexOf('\n')).toBeLessThan(512);
    expect(block.toString()).toMatch(/^# GRUB Environment Block\nORDER=A B\n/);
  });

  it('takes a try away before anything of the slot is read', () => {
    const program = bootProgram();
    expect(program.indexOf('save_env')).toBeGreaterThan(0);
    expect(program.indexOf('save_env')).toBeLessThan(program.indexOf('source $boot/start'));
    for (let left = 1; left <= tries.good; left++)
      expect(program).toContain(`"$1" = ${left} ]; then set left=${left - 1};`);
  });

  it('never starts a slot that is only half written, also when all tries are used up', () =>
    expect(bootProgram().match(/_LEFT" = (\w+) \]; then set [AB]_LEFT=1/g)).toEqual([
      '_LEFT" = 0 ]; then set A_LEFT=1',
      '_LEFT" = 0 ]; then set B_LEFT=1',
    ]));
});
