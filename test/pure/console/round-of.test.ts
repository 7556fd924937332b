/** Beside a look: how far its round has come, and which colleagues look at what. */
import { elsewhere, roundOf } from '@nattfrid/console/look/round-of';
import { unjudged } from '@nattfrid/console/look/soon';
import type { Known } from '@nattfrid/console/state/desk';
import { describe, expect, it } from 'vitest';
import { anna, at, iso, look, uuid } from './night.ts';

const many = Array.from({ length: 30 }, (_, index) =>
  look(index + 1, 0, { client: `Hem ${index + 1}`, ...(index < 12 ? { state: 'done', verdict: 'all-well' } : {}) }),
);

describe('the round of a look', () => {
  it('is «12 of 30»', () => {
    const round = roundOf(many, uuid(13) as never, at(1));
    expect([round?.done, round?.homes.length]).toEqual([12, 30]);
  });
  it('is none of a look for an alarm', () => {
    const forAlarm = look(99, 0, { client: 'Hem 99', reason: { type: 'alarm', alarm: uuid(7) }, alarm: uuid(7) });
    expect(roundOf([...many, forAlarm], forAlarm.look, at(1))).toBeUndefined();
  });
});

describe('colleagues elsewhere', () => {
  const open = look(40, 0, { client: 'Hem 40', state: 'open', operator: 'Bo Ek', operatorId: 'bo' });
  const mine = look(41, 0, { client: 'Hem 41', state: 'open', operator: anna.name });
  const given = [{ who: 'Cia', operatorId: 'cia', client: 'Hem 3' }];
  it('are those with a picture before them, or a home that is theirs by turn; not oneself', () =>
    expect(elsewhere([open, mine, ...many], given, anna)).toEqual([
      { who: 'Bo Ek', clients: ['Hem 40'] },
      { who: 'Cia', clients: ['Hem 3'] },
    ]));
  it('whose picture has ended are not there any more', () =>
    expect(elsewhere([{ ...open, state: 'awaiting-verdict' }], [], anna)).toEqual([]));
});

describe('what one has seen and not judged', () => {
  const own = { state: 'awaiting-verdict', operator: anna.name };
  const desk = (looks: readonly ReturnType<typeof look>[]) =>
    ({ looks: new Map(looks.map((one) => [one.look, one])) }) as unknown as Known;
  const looks = [
    look(1, 0, { ...own, openedAt: iso(9) }),
    look(2, 0, { ...own, openedAt: iso(3) }),
    look(3, 0, { ...own, openedAt: iso(1), operator: 'Bo' }),
    look(4, 0),
  ];
  it('comes before the next home, the oldest first, and never a colleague’s', () =>
    expect(unjudged(desk(looks), anna, new Set())?.look).toBe(uuid(2)));
  it('is not what is in hand already, as the one that can still be taken back', () =>
    expect(unjudged(desk(looks), anna, new Set([uuid(2)]))?.look).toBe(uuid(1)));
  it('is nothing where all is judged', () => expect(unjudged(desk([look(4, 0)]), anna, new Set())).toBeUndefined());
});
