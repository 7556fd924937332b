import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { pace } from '../../../agent/src/decode/pace.ts';
import { tickets } from '../../../agent/src/decode/tickets.ts';

/** As a camera sends them with two B pictures between the others: I P B B P B B … */
function decodingOrder(count: number, apart: number): readonly number[] {
  const order = [0];
  for (let first = 1; first + 2 < count; first += 3) order.push(first + 2, first, first + 1);
  return order.map((index) => index * apart);
}

describe('pictures that come before their turn', () => {
  for (const [perSecond, wanted] of [
    [25, 10],
    [20, 10],
    [10, 10],
    [5, 5],
    [2, 2],
  ] as const)
    it(`are looked at ${wanted} times a second of ${perSecond}, evenly`, () => {
      const grid = pace(10);
      let state = grid.initial;
      const looked: number[] = [];
      for (const at of decodingOrder(20 * perSecond, 1000 / perSecond)) {
        const [next, [worth]] = grid.step(state, instant(1_000_000 + at));
        state = next;
        if (worth === 'look') looked.push(at);
      }
      const late = looked.filter((at) => at >= 5000 && at < 15_000).sort((one, other) => one - other);
      expect(late.length).toBeGreaterThanOrEqual(wanted * 10 - 2);
      expect(late.length).toBeLessThanOrEqual(wanted * 10 + 2);
      const longest = Math.max(...late.slice(1).map((at, index) => at - late[index]!));
      expect(longest).toBeLessThanOrEqual(Math.max(1000 / wanted, 1000 / perSecond) * 1.5);
    });

  it('are looked at though the date of every tenth is a hair behind the one before', () => {
    const grid = pace(10);
    let state = grid.initial;
    let looked = 0;
    for (const at of decodingOrder(200, 100)) {
      const moved = at % 1000 === 100 ? at - 91 : at;
      const [next, [worth]] = grid.step(state, instant(1_000_050 + moved));
      state = next;
      if (worth === 'look') looked++;
    }
    expect(looked).toBeGreaterThan(160);
  });

  it('have numbers that rise as they are shown, each its own, also where two have one time or the clock is set', () => {
    const numbering = tickets(2);
    let state = numbering.initial;
    const numbered = (at: number) => {
      const [next, [number = 0]] = numbering.step(state, instant(at));
      state = next;
      return number;
    };
    const shown = decodingOrder(30, 50).map((at) => ({ at, number: numbered(5_000_000 + at) }));
    const inTurn = shown.toSorted((one, other) => one.at - other.at).map(({ number }) => number);
    expect(inTurn).toEqual(inTurn.toSorted((one, other) => one - other));
    expect(new Set(inTurn).size).toBe(inTurn.length);
    const highest = Math.max(...inTurn);
    const twice = [numbered(5_003_000), numbered(5_003_000)];
    expect(twice[1]).toBeGreaterThan(twice[0]!);
    // Three hours back.
    expect(numbered(5_000_000 - 3 * 3_600_000)).toBeGreaterThan(highest);
    expect(numbered(5_000_050 - 3 * 3_600_000)).toBeGreaterThan(highest);
  });
});
