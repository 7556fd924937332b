/** The board for Grafana shows figures that the relay has, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const board = readFileSync(join(root, 'packaging/grafana/nattfrid.json'), 'utf8');

/** As they are named where they are counted. */
function namesInCode(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return namesInCode(path);
    const told = readFileSync(path, 'utf8').matchAll(/(?:counter|gauge)\(\s*'([a-z_]+)'/g);
    return [...told].map(([, name]) => `nattfrid_${name}`);
  });
}

it('has a panel for each figure of the relay, and asks for nothing that it does not count', () => {
  const asked = new Set([...board.matchAll(/nattfrid_[a-z_]+/g)].map(([name]) => name));
  expect([...asked].toSorted()).toEqual([...new Set(namesInCode(join(root, 'relay/src')))].toSorted());
  // Grafana reads the board as it is.
  expect(JSON.parse(board)).toMatchObject({ title: 'Nattfrid', panels: expect.any(Array) });
});
