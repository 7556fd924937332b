import { readFileSync } from 'node:fs';
import { type ValueShape, valueShape } from '@nattfrid/shared/schema/value-words';
import { messages } from '@nattfrid/shared/wire/messages';
import { describe, expect, it } from 'vitest';
import { readGolden } from './golden.ts';
import { protocolOf } from './protocol.ts';

const page = protocolOf(readGolden());

describe('docs/protocol.md', () => {
  it('says what the tables say; if not: npm run write:protocol', () =>
    expect(readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')).toBe(page));

  it('leads where it says: each link within the page has one heading', () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, words]) => words?.toLowerCase().replaceAll(' ', '-'));
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((anchor) => headings.filter((one) => one === anchor).length !== 1)).toEqual([]);
  });
});

describe('each message', () => {
  for (const [name, { schema }] of Object.entries(messages))
    it(`${name} explains its fields, where their type does not do so already`, () => {
      const shape = valueShape(schema);
      expect((shape.oneOf ?? [shape]).flatMap(unexplained)).toEqual([]);
    });
});

/** Names of these say all there is to be said. */
const plain = ['type', 'look', 'why', 'kind', 'operator', 'plan', 'version', 'reason', 'room', 'evidence', 'mode'];
const unexplained = ({ properties = {} }: ValueShape) =>
  Object.entries(properties).flatMap(([name, { description }]) => (description || plain.includes(name) ? [] : [name]));
