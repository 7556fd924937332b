/** Units from the shelf to the home and back, and homes that get a new one: what may follow on what, and what differs from the other system. */
import type { StockItem, StockState } from '@nattfrid/shared/desk/stock-view';
import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type Item, type ItemEvent, stockItemMachine } from '../../../relay/src/record/stock-item.ts';
import { goodNights } from '../../../relay/src/stock/good-nights.ts';
import { readStockFile } from '../../../relay/src/stock/read-file.ts';
import { reconcile } from '../../../relay/src/stock/reconcile.ts';

const at = instant(Date.parse('2026-11-21T12:00:00Z'));
const article = { iso: '22 27 24', number: 'A1', individual: 'I-7', authority: 'SoL' } as const;
const came: ItemEvent = { type: 'came', item: 'id', article, location: 'Hemtjänsten', by: 'Eva', at };
const move = (to: StockState, more: object = {}): ItemEvent => ({ type: 'moved', to, by: 'Eva', at, ...more });
const home = { unit: 'enhet-7', client: 'Alma' };
const moved = (...events: ItemEvent[]) => {
  const { state, effects } = run(stockItemMachine, [came, ...events]);
  return { item: state as Item & Partial<StockItem>, said: effects.map(({ fault }) => fault.message) };
};

describe('A4.3 a unit in stock', () => {
  it('is reserved, installed, found faulty and sent back, each with who did it', () => {
    const { item, said } = moved(
      move('reserved', home),
      move('installed'),
      move('faulty'),
      move('returned', { wiped: true }),
    );
    expect(said).toEqual([]);
    expect(item.history?.map(({ to, by }) => `${to} ${by}`)).toEqual([
      ...['in-stock Eva', 'reserved Eva', 'installed Eva', 'faulty Eva', 'returned Eva'],
    ]);
  });
  it('A4.4 is not installed before it is linked to a unit and a home', () => {
    const { item, said } = moved(move('installed', { unit: 'enhet-7' }));
    expect([item.state, said[0]]).toEqual(['in-stock', expect.stringContaining('in whose home')]);
    expect(moved(move('installed', home)).item).toMatchObject({ state: 'installed', ...home });
  });
  it('A4.5 is not sent back from a home unwiped, and bears when and by whom it was wiped', () => {
    const { item, said } = moved(move('installed', home), move('returned'));
    expect([item.state, said[0]]).toEqual(['installed', expect.stringContaining('wiped')]);
    const back = moved(move('installed', home), move('returned', { wiped: true })).item;
    expect(back).toMatchObject({ state: 'returned', wiped: { by: 'Eva' } });
    expect(back.client).toBeUndefined();
    expect(moved(move('returned')).item.state).toBe('returned');
  });
  it('does not come back from where there is no way back', () =>
    expect(moved(move('scrapped'), move('in-stock')).item.state).toBe('scrapped'));
  it('A4.6 A4.7 bears its ISO code, article and individual number, and who orders', () =>
    expect(moved().item.article).toEqual(article));
});

describe('A4.4 the file of the assistive-device system', () => {
  const here = moved(move('installed', home)).item as StockItem;
  const compared = (csv: string) => {
    const there = readStockFile(csv);
    if (there instanceof Error) return there.message;
    return reconcile([here], there).map(({ individual, why }) => `${individual} ${why}`);
  };
  for (const [story, csv, found] of [
    ['agrees', 'individual;state;client\nI-7;installed;Alma\n', []],
    ['has another client', 'individual,client\nI-7,Bror\n', ['I-7 other-client']],
    ['has another state', 'Individual,State\nI-7,in-stock\n', ['I-7 other-state']],
    ['knows one more, and not this one', 'individual\nI-8\n', ['I-8 only-there', 'I-7 only-here']],
    ['has no such column', 'nummer\nI-7\n', 'there is no individual'],
    ['is no CSV', 'individual\n"I-7\n', 'The file is no CSV'],
  ] satisfies [string, string, string[] | string][])
    it(story, () =>
      typeof found === 'string'
        ? expect(compared(csv)).toEqual(expect.stringContaining(found))
        : expect(compared(csv)).toEqual(found),
    );
});

describe('A4.1 a new unit beside the old one', () => {
  const look = (night: string, good = true) =>
    ({
      ...{ name: 'done', facts: { origin: 'plan', dueFrom: Date.parse(`${night}T02:00:00Z`) } },
      ...(good ? { verdict: { verdict: 'all-well', by: 'Bo' } } : { fault: 'no-answer' }),
    }) as never;
  const today = instant(Date.parse('2026-11-25T12:00:00Z'));
  it('has had as many good nights as followed on each other until today', () => {
    const nights = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'];
    expect(
      goodNights(
        nights.map((night) => look(night)),
        [],
        today,
      ),
    ).toBe(4);
    expect(
      goodNights(
        nights.map((night) => look(night, night !== '2026-11-23')),
        [],
        today,
      ),
    ).toBe(2);
  });
  it('begins anew after a night in which it was silent', () =>
    expect(
      goodNights(
        ['2026-11-24', '2026-11-25'].map((night) => look(night)),
        [instant(Date.parse('2026-11-25T01:00:00Z'))],
        today,
      ),
    ).toBe(0));
  it('is not counted before it has looked', () => expect(goodNights([], [], today)).toBe(0));
});
