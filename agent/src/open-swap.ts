/** Swap on which memory would be readable afterwards: Node cannot lock memory, so the unit says at its start what it stands on. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** @returns the names of swap that is neither compressed memory (zram) nor an encrypted device; none is what a unit should have */
export function openSwap(
  list: string = read('/proc/swaps'),
  kindOf: (device: string) => string = (device) => read(`/sys/block/${device}/dm/uuid`),
): readonly string[] {
  return list
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/)[0] ?? '')
    .filter((name) => name !== '' && !/^\/dev\/zram\d+$/.test(name) && !kindOf(basename(name)).startsWith('CRYPT-'));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
