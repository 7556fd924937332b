/** What would have been called while events were only counted, for each client: before it is agreed. */
import { whatWouldBe } from '@nattfrid/console/shadow/what-would-be';
import type { ShadowCount } from '@nattfrid/shared/desk/halt-routes';
import { expect, it } from 'vitest';

const evidence = { code: 'found-lying', figures: {}, models: [], attended: false } as const;
const count = (client: string, kind: ShadowCount['kind'], night: string, many: number): ShadowCount => ({
  ...{ client: client as never, unit: 'u' as never, kind, night },
  events: Array.from({ length: many }, () => ({ began: `${night}T02:00:00.000Z`, evidence })),
});

it('A2.7 tells for each client in how many nights somebody would have been called, and for what', () => {
  const counts = [
    count('Alma', 'fall', '2026-11-20', 1),
    count('Bror', 'left-room', '2026-11-20', 3),
    count('Bror', 'left-room', '2026-11-21', 1),
    count('Bror', 'fall', '2026-11-21', 1),
    count('Bror', 'not-in-bed', '2026-11-22', 0),
  ];
  expect(whatWouldBe(counts)).toEqual([
    { client: 'Bror', nights: 2, events: 5, kinds: { 'left-room': 4, fall: 1 } },
    { client: 'Alma', nights: 1, events: 1, kinds: { fall: 1 } },
  ]);
});

it('tells nothing where nothing was counted', () => expect(whatWouldBe([])).toEqual([]));
