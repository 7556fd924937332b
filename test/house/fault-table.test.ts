import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { faultTable } from './fault-table.ts';

it('docs/fault-table.md says what the screens say of each code; if not: npm run write:protocol', () =>
  expect(readFileSync(new URL('../../docs/fault-table.md', import.meta.url), 'utf8')).toBe(faultTable()));
