/** NanoDet's numbers, written by hand, and the things that are read out of them. */
import { wholePicture } from '@nattfrid/agent/perceive/crop';
import { type Detection, nonMaximumSuppression, readNanodet } from '@nattfrid/agent/perceive/nanodet';
import { describe, expect, it } from 'vitest';

const frame = { width: 416, height: 208 };
const strides = [8, 16, 32] as const;

/** Nothing anywhere but what is said: a class at a cell with four distances, in whole strides. */
function outputs(
  said: readonly { stride: number; cell: number; class: number; score: number; far: readonly number[] }[],
) {
  const empty: Record<string, Float32Array> = {};
  for (const stride of strides) {
    const cells = (416 / stride) ** 2;
    empty[`scores${stride}`] = new Float32Array(cells * 80);
    empty[`boxes${stride}`] = new Float32Array(cells * 44);
  }
  for (const { stride, cell, class: kind, score, far } of said) {
    empty[`scores${stride}`]?.fill(score, cell * 80 + kind, cell * 80 + kind + 1);
    // A sharp peak: the softmax leaves next to nothing for the other bins.
    far.forEach(
      (bin, side) =>
        void empty[`boxes${stride}`]?.fill(40, cell * 44 + side * 11 + bin, cell * 44 + side * 11 + bin + 1),
    );
  }
  return empty;
}

const print = ({ kind, score, box }: Detection) =>
  `${kind} ${score.toFixed(2)} ${[box.x, box.y, box.width, box.height].map((one) => one.toFixed(3)).join(' ')}`;
const read = (made: ReturnType<typeof outputs>, turn = 0, least = 0.3) =>
  readNanodet(made, wholePicture(frame, turn), frame, { least, asked: ['person', 'bed'] }).map(print);

// Stride 32 has 13 cells a row; the middle one stands at 208, 208 of the input, which is the middle of the picture.
const middle = { stride: 32, cell: 6 * 13 + 6, class: 0, score: 0.8, far: [1, 2, 1, 2] };

describe('NanoDet', () => {
  for (const [name, made, turn, expected] of [
    ['sees nothing where nothing is', outputs([]), 0, []],
    ['sees a tall person in the middle', outputs([middle]), 0, ['person 0.80 0.423 0.192 0.154 0.615']],
    [
      'sees one who lies, in a turned picture, lying',
      outputs([middle]),
      Math.PI / 2,
      ['person 0.80 0.346 0.346 0.308 0.308'],
    ],
    ['leaves out what it is less sure of', outputs([{ ...middle, score: 0.29 }]), 0, []],
    ['leaves out classes nobody asked for', outputs([{ ...middle, class: 56 }]), 0, []],
    [
      'tells a bed from the person on it',
      outputs([middle, { ...middle, class: 59, score: 0.5 }]),
      0,
      ['person 0.80 0.423 0.192 0.154 0.615', 'bed 0.50 0.423 0.192 0.154 0.615'],
    ],
    [
      'counts a person once whom two strides see',
      outputs([middle, { stride: 16, cell: 12 * 26 + 13, class: 0, score: 0.6, far: [2, 4, 2, 4] }]),
      0,
      ['person 0.80 0.423 0.192 0.154 0.615'],
    ],
  ] as const)
    it(name, () => expect(read(made, turn)).toEqual(expected));

  it('never lets a box reach out of what was shown', () => {
    const corner = outputs([{ stride: 32, cell: 0, class: 0, score: 0.9, far: [10, 10, 1, 10] }]);
    expect(read(corner)).toEqual(['person 0.90 0.000 -0.500 0.115 1.615']);
  });

  it('takes the mean of a spread distance, not its peak', () => {
    const spread = outputs([{ ...middle, far: [1, 2, 1, 2] }]);
    const boxes = spread['boxes32'];
    // Left: one and three strides alike, so two.
    boxes?.fill(40, middle.cell * 44 + 3, middle.cell * 44 + 4);
    expect(read(spread)).toEqual(['person 0.80 0.346 0.192 0.231 0.615']);
  });

  it('keeps the better of two turns in which the same person was seen', () => {
    const box = { x: 0.1, y: 0.1, width: 0.2, height: 0.2 };
    const seen = [0.4, 0.7].map((score, turn): Detection => ({ kind: 'person', score, box, turn }));
    expect(nonMaximumSuppression(seen)).toEqual([{ kind: 'person', score: 0.7, box, turn: 1 }]);
  });
});
