/** docs/security.md: every provision of EN 303 645 section 5 stands there once, and every test that it names is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
/** ETSI EN 303 645 V2.1.1: how many provisions each clause of section 5 has. */
const clauses = [5, 3, 16, 4, 8, 9, 2, 3, 3, 1, 4, 3, 1] as const;
const ids = clauses.flatMap((many, clause) => Array.from({ length: many }, (_, at) => `5.${clause + 1}-${at + 1}`));
const states = /^(kept|kept otherwise|in part|not kept|not applicable)$/;
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const rows = read('docs/security.md')
  .split('\n')
  .flatMap((line) => {
    const [, id = '', weight = '', asked = '', state = '', how = '', test = ''] = line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    if (!/^5\.\d+-\d+$/.test(id)) return [];
    return [{ id, weight, asked, state, how, tests: [...test.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path) }];
  });

describe(`docs/security.md: ${rows.length} provisions of EN 303 645`, () => {
  it('has each provision once, in order', () => expect(rows.map(({ id }) => id)).toEqual(ids));

  it('says of each how it is kept, or why not', () => {
    for (const { id, state, how } of rows) {
      expect([id, state]).toEqual([id, expect.stringMatching(states)]);
      expect([id, how.length > 10]).toEqual([id, true]);
    }
  });

  it('leaves no mandatory one out without a condition that is not met', () =>
    expect(rows.filter(({ weight, state }) => weight === 'M' && state.startsWith('not')).map(({ id }) => id)).toEqual(
      [],
    ));

  it('names for each that is kept a test that is there', () => {
    const kept = rows.filter(({ state }) => state.startsWith('kept'));
    expect(kept.filter(({ tests }) => tests.length === 0).map(({ id }) => id)).toEqual([]);
    const lacking = rows.flatMap(({ id, tests }) =>
      tests.filter((path) => !existsSync(join(root, path))).map((path) => `${id}: ${path}`),
    );
    expect(lacking).toEqual([]);
  });
});

describe('EN 303 645 in what the repository says of itself', () => {
  it('5.2-1 says where a vulnerability is reported, and within which times it is answered', () =>
    expect(read('SECURITY.md')).toMatch(/private vulnerability reporting[\s\S]*within \d+ working days/));

  it('5.3-13 says until when there are security corrections', () =>
    expect(read('SECURITY.md')).toMatch(/\*\*Support period\*\*: [^\n]*until \*\*\d+ \w+ 20\d\d\*\*/));

  it('5.4-3 has no secret in its sources', () => {
    const secret =
      /-----BEGIN (?:EC |RSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\n?[A-Za-z0-9+/]{20}|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b/;
    const found = ['agent', 'relay/src', 'relay/console/src', 'relay/authority', 'shared', 'scripts', 'models']
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
      )
      .filter(
        (path) => !path.includes('node_modules') && /\.(ts|tsx|js|json|sh|service|conf|pem)$|\/[a-z-]+$/.test(path),
      )
      .filter((path) => {
        try {
          return secret.test(read(path));
        } catch {
          return false;
        }
      });
    expect(found).toEqual([]);
  });

  it('5.11-3 and 5.12-2 and 5.12-3 say how a unit is set up, tried and wiped', () => {
    const guide = read('docs/fitters-guide.md');
    for (const head of ['set it up', 'ready to leave', 'taking a unit back']) expect(guide).toContain(head);
  });
});
