/** The belt: newest wins, what is dropped is disposed and told, and a recording loses nothing. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import { Fault } from '@nattfrid/shared/fault/fault';
import { silent } from '@nattfrid/shared/log/logger';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { belt } from '../../../agent/src/flow/belt.ts';
import { channel } from '../../../agent/src/flow/channel.ts';
import { dequeue, dropExcess, enqueue } from '../../../agent/src/flow/drop-policy.ts';

interface Item {
  readonly type: 'item';
  readonly at: ReturnType<typeof instant>;
  readonly key: boolean;
}
const item = (at: number, key = false): Item => ({ type: 'item', at: instant(at), key });
const gap = (from: number, at: number, why: Gap['why']): Gap => ({
  type: 'gap',
  from: instant(from),
  at: instant(at),
  why,
});
const told = (one: Item | Gap) =>
  one.type === 'gap' ? `${one.why} ${one.from}-${one.at}` : `${one.key ? 'key ' : ''}${one.at}`;

/** `<`: one is taken off. What is left over at the end is taken too. */
function carried(script: readonly (Item | Gap | '<')[], capacity: number, stands?: (one: Item) => boolean) {
  let state = { waiting: [] as readonly (Item | Gap)[], handed: undefined as Item['at'] | undefined, broken: false };
  const out: string[] = [];
  const dropped: number[] = [];
  const off = () => {
    const [next, one] = dequeue<Item>(state);
    state = { ...state, ...next };
    if (one) out.push(told(one));
    return one;
  };
  for (const step of script) {
    if (step === '<') off();
    else {
      const [next, lost] = dropExcess<Item>(enqueue<Item>(state, step), capacity, stands);
      state = { ...state, ...next };
      dropped.push(...lost.map((one) => one.at));
    }
  }
  while (off());
  return { out, dropped };
}
const isKey = (one: Item) => one.key;

describe('a full belt', () => {
  for (const [name, script, expected] of [
    ['keeps what fits', [item(1), item(2)], ['1', '2']],
    ['drops the oldest and says so', [item(1), '<', item(2), item(3), item(4)], ['1', 'too-slow 1-2', '3', '4']],
    ['tells one gap for many', [item(1), '<', item(2), item(3), item(4), item(5)], ['1', 'too-slow 1-3', '4', '5']],
    ['passes gaps on', [item(1), gap(1, 5, 'corrupt'), item(6)], ['1', 'corrupt 1-5', '6']],
    [
      'joins gaps, the graver reason wins',
      [item(1), gap(1, 5, 'camera-lost'), item(6), item(7)],
      ['camera-lost 1-5', '6', '7'],
    ],
    [
      'does not count gaps as load',
      [gap(0, 1, 'camera-lost'), item(2), gap(2, 3, 'corrupt'), item(4)],
      ['camera-lost 0-1', '2', 'corrupt 2-3', '4'],
    ],
  ] as readonly (readonly [string, readonly (Item | Gap | '<')[], readonly string[]])[])
    it(name, () => expect(carried(script, 2).out).toEqual(expected));

  it('of pictures that build upon one another is cleared up to the next keyframe', () => {
    const script = [item(1, true), '<', item(2), item(3), item(4), item(5), item(6, true), item(7)] as const;
    const { out, dropped } = carried(script, 2, isKey);
    expect(out).toEqual(['key 1', 'too-slow 1-5', 'key 6', '7']);
    expect(dropped).toEqual([2, 3, 4, 5]);
  });
  it('goes on at once where the newest is a keyframe', () =>
    expect(carried([item(1, true), item(2), item(3, true)], 2, isKey).out).toEqual(['too-slow 1-2', 'key 3']));
});

describe('the belt', () => {
  const open = (full: 'drop' | 'wait', source: AsyncIterable<Item | Gap>, signal = new AbortController().signal) =>
    belt(source, { what: 'items', clock: movedClock(), log: silent, capacity: 2, full }, signal);

  it('holds nobody up, gives back what it drops, and ends as its source does', async () => {
    let back = 0;
    const lent = (at: number) => ({ ...item(at), [Symbol.dispose]: () => void back++ });
    const source = channel<Item | Gap>(1);
    const out = open('drop', source);
    const first = out.next();
    for (const at of [1, 2, 3, 4, 5]) expect(await source.put(lent(at))).toBe(true);
    await first;
    source.close(new Fault('camera-dropped', 'gone'));
    const rest: string[] = [];
    await expect(
      (async () => {
        for await (const one of out) rest.push(told(one));
      })(),
    ).rejects.toThrow('gone');
    expect(rest.filter((one) => /^\d/.test(one)).at(-1)).toBe('5');
    expect(back + rest.filter((one) => /^\d/.test(one)).length + 1).toBe(5);
  });

  it('loses nothing where the source can wait', async () => {
    async function* source() {
      for (let at = 0; at < 100; at++) yield item(at);
    }
    let count = 0;
    for await (const one of open('wait', source())) expect(one.at).toBe(count++);
    expect(count).toBe(100);
  });

  it('ends at once by the signal, and gives back what is on it', async () => {
    let back = 0;
    const stop = new AbortController();
    async function* source() {
      yield { ...item(1), [Symbol.dispose]: () => void back++ };
      yield { ...item(2), [Symbol.dispose]: () => void back++ };
      await new Promise(() => {});
    }
    const out = open('drop', source(), stop.signal);
    await out.next();
    stop.abort();
    expect((await out.next()).done).toBe(true);
    expect(back).toBe(1);
  });
});
