/** docs/requirements.md: every requirement of part A stands there once, and each that is kept has a test that names it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
/** How many there are of each group. */
const groups = { A1: 18, A2: 10, A3: 14, A4: 7, A5: 13, A6: 5, A7: 11, A8: 6, A9: 6 } as const;
const ids = Object.entries(groups).flatMap(([group, many]) =>
  Array.from({ length: many }, (_, index) => `${group}.${index + 1}`),
);

interface Row {
  readonly id: string;
  readonly state: string;
  readonly where: string;
  readonly tests: readonly string[];
}

const rows: readonly Row[] = readFileSync(join(root, 'docs/requirements.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const [, id = '', , state = '', where = '', test = ''] = cells;
    if (!/^A\d\.\d+$/.test(id)) return [];
    return [{ id, state, where, tests: [...test.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path) }];
  });
const kept = rows.filter(({ state }) => state === 'kept');

describe(`docs/requirements.md: ${kept.length} of ${ids.length} are kept`, () => {
  it('has each requirement once, in order', () => expect(rows.map(({ id }) => id)).toEqual(ids));

  it('says of each where it is kept, or why it is not', () => {
    for (const { id, state, where } of rows) {
      expect([id, state]).toEqual([id, expect.stringMatching(/^(kept|in part|not yet)$/)]);
      expect([id, where.length > 10]).toEqual([id, true]);
    }
  });

  it('names for each that is kept a test whose title has the id', () => {
    const named = ({ id, tests }: Row) =>
      tests.some((path) => {
        const file = join(root, path);
        return (
          existsSync(file) &&
          new RegExp(`['"\`][^\\n]*\\b${id.replace('.', '\\.')}\\b`).test(readFileSync(file, 'utf8'))
        );
      });
    expect(kept.filter((row) => !named(row)).map(({ id, tests }) => `${id}: ${tests.join(', ') || 'no test'}`)).toEqual(
      [],
    );
  });
});
