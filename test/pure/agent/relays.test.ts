/** A unit knows several addresses of its relay: it stays at one until that is lost, and comes back to the first after the last. */
import { openRelays } from '@nattfrid/agent/publish/relays';
import { expect, it } from 'vitest';

it.each([
  { addresses: ['https://a'], lost: 2, here: 'https://a' },
  { addresses: ['https://a', 'https://b', 'https://c'], lost: 0, here: 'https://a' },
  { addresses: ['https://a', 'https://b', 'https://c'], lost: 2, here: 'https://c' },
  { addresses: ['https://a', 'https://b', 'https://c'], lost: 3, here: 'https://a' },
])('of $addresses, after $lost were lost, $here is used', ({ addresses, lost, here }) => {
  const relays = openRelays(addresses as [string]);
  for (let many = 0; many < lost; many += 1) relays.next();
  expect(relays.here).toBe(here);
});
