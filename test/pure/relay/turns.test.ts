/** Whose turn it is to have a password checked, while hundreds wait. */
import { openTurns } from '@nattfrid/relay/limit/turns';
import { describe, expect, it } from 'vitest';

interface Comes {
  readonly who: string;
  readonly known?: boolean;
  readonly wrong: number;
}
const strangers = (many: number, wrong: number, name = 'stranger'): Comes[] =>
  Array.from({ length: many }, (_, time) => ({ who: `${name} ${time}`, wrong }));

/** One is checked at a time, once all have come. @returns who was checked, in which order, and who gave way */
async function checked(mostWaiting: number, all: readonly Comes[]) {
  const turns = openTurns(1, mostWaiting);
  const order: string[] = [];
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const first = turns.take({ known: false, wrong: 1 }, () => begun);
  const answers = all.map(async ({ who, known = false, wrong }) => {
    const answer = await turns.take({ known, wrong }, async () => order.push(who));
    return answer === undefined ? [who] : [];
  });
  begin();
  await first;
  return { order, gaveWay: (await Promise.all(answers)).flat() };
}

describe('while 300 strangers wait', () => {
  const right: Comes = { who: 'right', wrong: 2 };
  it.for([
    ['one account is guessed at, from everywhere', [...strangers(300, 31), right], 1],
    [
      'all accounts are guessed at from one address, behind a proxy with it',
      [...strangers(300, 31), { ...right, wrong: 31 }],
      2,
    ],
    [
      'its own account is guessed at, and others from fresh addresses',
      [...strangers(300, 2), { ...right, wrong: 31 }],
      2,
    ],
    ['more come after it', [...strangers(300, 31), right, ...strangers(50, 31, 'later')], 1],
    [
      'it is on a device that has signed in before',
      [...strangers(300, 2), { ...right, known: true, wrong: 20 }, ...strangers(300, 2)],
      0,
    ],
  ] as const)('the right password is checked next but two at most where %s', async ([, all, at]) => {
    const { order, gaveWay } = await checked(1000, all);
    expect([order.indexOf('right'), gaveWay]).toEqual([expect.any(Number), []]);
    expect(order.indexOf('right')).toBeLessThanOrEqual(at);
    expect(order).toHaveLength(all.length);
  });

  it('the one that came first does not wait for those who come after it', async () => {
    const { order } = await checked(1000, strangers(300, 3));
    expect(order.indexOf('stranger 0')).toBeLessThan(3);
  });
});

describe('when too many wait', () => {
  it('those give way that have been wrong most, and never whoever is known', async () => {
    const all = [{ who: 'known', known: true, wrong: 40 }, ...strangers(12, 31), { who: 'right', wrong: 2 }];
    const { order, gaveWay } = await checked(10, all);
    expect(gaveWay).toEqual(['stranger 0', 'stranger 1', 'stranger 2', 'stranger 3']);
    expect(order).toEqual(expect.arrayContaining(['known', 'right']));
  });

  it('a stranger who comes last is not the one to be refused', async () => {
    const { order } = await checked(10, [...strangers(40, 2), { who: 'right', wrong: 2 }]);
    expect(order).toContain('right');
  });

  it('what fails hands its turn on', async () => {
    const turns = openTurns(1, 10);
    await expect(turns.take({ known: false, wrong: 1 }, () => Promise.reject(new Error('no disk')))).rejects.toThrow();
    expect(await turns.take({ known: false, wrong: 1 }, async () => 'checked')).toBe('checked');
  });
});
