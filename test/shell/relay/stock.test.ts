/** Stock and swaps on a real relay: too few is told, a swap goes step by step, and another organisation sees nothing of it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../../support/person.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';

let site: Site;
let ivar: Person;
beforeAll(async () => {
  site = await openSite();
  ivar = await site.person('Ivar', 'installer');
});
afterAll(() => site[Symbol.asyncDispose]());
const article = { number: 'A1', authority: 'HSL' };

it('A4.3 a place with too few says so, until one has come', async () => {
  const { locations } = await ivar.call('setStockLocation', {}, { location: 'Hemtjänsten', least: 1 });
  expect(locations).toEqual([{ location: 'Hemtjänsten', least: 1, have: 0, below: true }]);
  const asked = { article: { ...article, individual: 'I-1' }, location: 'Hemtjänsten' };
  expect((await ivar.call('addStockItem', {}, asked)).locations).toMatchObject([{ have: 1, below: false }]);
  await expect(ivar.call('addStockItem', {}, asked)).rejects.toMatchObject({ code: 'already-there' });
});

it('A4.2 a swap is planned in a batch, told to the client, runs beside the old one, and is cut over when that is said once more', async () => {
  const asked = {
    client: 'Alma',
    old: 'Annan leverantör',
    unit: 'enhet-7',
    batch: 'Vecka 48',
    on: '2026-11-23',
    neededNights: 5,
  };
  const [swap] = (await ivar.call('planSwap', {}, asked)).swaps;
  const move = (to: string, more: object = {}) => ivar.call('moveSwap', { swap: swap!.swap }, { to, ...more });
  await expect(move('cut-over')).rejects.toMatchObject({ code: 'not-now' });
  await move('told');
  await move('parallel');
  await expect(move('cut-over')).rejects.toMatchObject({
    code: 'needs-confirming',
    message: expect.stringContaining('0 of 5'),
  });
  expect((await move('cut-over', { confirmed: true })).swaps).toMatchObject([
    { state: 'cut-over', batch: 'Vecka 48', cutOver: { by: 'Ivar' } },
  ]);
});

it('A4.4 every movement comes as a file', async () => {
  const file = await fetch(`${site.relay.url}/api/stock.csv`, { headers: { cookie: ivar.cookie } });
  expect(await file.text()).toContain('"22 27 24","A1","I-1","HSL","in-stock","Hemtjänsten"');
});
