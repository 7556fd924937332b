/** Asked before each picture: how many go, by the rate of the link, the windows of those who watch, and whether anybody does. */
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { ladderFor, type Shape } from '../../../agent/src/encode/shape.ts';
import { linkControl } from '../../../agent/src/publish/link-control.ts';

const at = (tenth: number) => instant(tenth * 100);
/** Asks at each tenth of a second. @returns how many may go */
const allowed = (control: ReturnType<typeof linkControl>, tenths: number, from = 0, jitter = 0) =>
  Array.from({ length: tenths }, (_, index) =>
    control.mayEncode(instant((from + index) * 100 + (index % 2) * jitter)),
  ).filter(Boolean).length;

describe('the control of a link', () => {
  it('lets the first picture be encoded while its way is being opened, and nothing more while nobody is connected', () => {
    const control = linkControl(ladderFor('silhouette'));
    expect(allowed(control, 10)).toBe(1);
    const window = control.watch(at(10));
    expect(allowed(control, 10, 10)).toBe(10);
    window[Symbol.dispose]();
    expect(allowed(control, 10, 20)).toBe(0);
  });

  for (const [step, perSecond] of [
    [0, 10],
    [1, 7],
    [2, 5],
  ] as const)
    it(`lets ${perSecond} pictures a second through at step ${step}, also where they do not come evenly`, () => {
      for (const jitter of [0, 30]) {
        const control = linkControl(ladderFor('silhouette'), () => {}, step);
        control.watch(at(0));
        expect(Math.abs(allowed(control, 100, 0, jitter) - perSecond * 10)).toBeLessThanOrEqual(3);
      }
    });

  it('goes on for those who keep up where one does not, and says which that is', () => {
    const control = linkControl(ladderFor('silhouette'));
    const [quick, slow] = [control.watch(at(0)), control.watch(at(0))];
    slow.sent(0, 30_000, at(0));
    expect(control.mayEncode(at(1))).toBe(true);
    expect([quick.ready, slow.ready]).toEqual([true, false]);
    quick.sent(0, 30_000, at(1));
    expect(control.mayEncode(at(2))).toBe(false);
    expect(control.leftOut).toBe(1);
    slow.acknowledged(0, at(3));
    expect(control.mayEncode(at(3))).toBe(true);
  });

  it('tells the encoder when the link takes less', () => {
    const told: Shape[] = [];
    const control = linkControl(ladderFor('clear'), (shape) => void told.push(shape));
    const window = control.watch(at(0));
    let sent = 0;
    const arrived: [counter: number, due: number][] = [];
    // 250 kbit/s are offered to a link of 120 that already has a round trip of 60 ms.
    for (let tenth = 0, free = 0; tenth < 60; tenth++) {
      for (const [counter, due] of arrived.splice(0)) {
        if (due <= tenth * 100) window.acknowledged(counter, instant(due));
        else arrived.push([counter, due]);
      }
      if (!control.mayEncode(at(tenth))) continue;
      const bytes = (control.shape.kbits * 1000) / 8 / 10;
      free = Math.max(free, tenth * 100) + (bytes * 8) / 120;
      window.sent(sent, bytes, at(tenth));
      arrived.push([sent++, free + 60]);
    }
    expect(told.map(({ kbits }) => kbits)).toEqual([60]);
  });
});

describe('what is shown another way', () => {
  for (const [name, before, first, after, kbits] of [
    ['uses what the other mode needs', 'silhouette', 0, 'clear', 250],
    ['uses no more than that mode needs', 'clear', 0, 'silhouette', 60],
    ['stays as low on a link that was too narrow', 'silhouette', 1, 'clear', 40],
    ['begins at the top of less, where that is lower still', 'clear', 1, 'silhouette', 60],
  ] as const)
    it(name, () => {
      const told: number[] = [];
      const control = linkControl(ladderFor(before), (shape) => void told.push(shape.kbits), first);
      control.use(ladderFor(after));
      expect([control.shape.kbits, ...told]).toEqual([kbits, kbits]);
    });
});

describe('the steps', () => {
  it('begin where the mode has enough, and never above what the unit may use', () => {
    const tops = (most?: number) =>
      (['silhouette', 'blur', 'blocks', 'clear'] as const).map((mode) => ladderFor(mode, most)[0].kbits);
    expect(tops()).toEqual([60, 160, 160, 250]);
    expect(tops(90)).toEqual([60, 90, 90, 90]);
  });
  it('go down to something on the narrowest link', () =>
    expect(ladderFor('silhouette').map(({ kbits, width }) => `${kbits} ${width}`)).toEqual([
      '60 640',
      '40 480',
      '24 320',
    ]));
});
