import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lookAt, type Progress, writeCard } from '../../../image/cards.ts';
import { mib } from '../../../image/layout.ts';
import { digestOf } from '../../../image/make-image.ts';

it('a card gets every byte of the image, also where it held something else, and is read back; what lies behind stays (A3.13)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-cards-'));
  try {
    const image = join(folder, 'image');
    const card = join(folder, 'card');
    writeFileSync(image, Buffer.concat([randomBytes(5 * mib), Buffer.alloc(2 * mib)]));
    writeFileSync(card, randomBytes(9 * mib));
    const behind = readFileSync(card).subarray(7 * mib);
    const told: Progress[] = [];
    expect(await writeCard(image, card, undefined, (one) => told.push(one))).toBe(await digestOf(image));
    expect(
      readFileSync(card)
        .subarray(0, 7 * mib)
        .equals(readFileSync(image)),
    ).toBe(true);
    expect(
      readFileSync(card)
        .subarray(7 * mib)
        .equals(behind),
    ).toBe(true);
    expect(told.filter(({ part }) => part === 1).map(({ step }) => step)).toEqual(['writes', 'reads back']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('what is not there, or is a file that is too small, is said before anything is written', async () => {
  await expect(lookAt('/dev/there-is-none')).rejects.toThrow(/is the card in/);
  const file = join(mkdtempSync(join(tmpdir(), 'nattfrid-cards-')), 'small');
  writeFileSync(file, '');
  truncateSync(file, 1000);
  expect(await lookAt(file)).toMatchObject({ kind: 'file', size: 1000 });
  rmSync(file);
});
