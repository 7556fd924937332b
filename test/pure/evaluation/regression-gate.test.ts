import { describe, expect, it } from 'vitest';
import { compare, type Figures, type KeptClip } from '../../evaluation/score/regression-gate.ts';

const fall: KeptClip = {
  group: 'floor-fall',
  fall: 'right',
  early: false,
  leftRoom: 'right',
  notInBed: 'right',
  toFinding: 15,
};
const day: KeptClip = { group: 'everyday', fall: 'right', early: false, leftRoom: 'right', notInBed: 'apart' };
const figures = (...clips: readonly KeptClip[]): Figures => ({
  clear: Object.fromEntries(clips.map((clip, at) => [`${at}.mp4`, clip])),
});

describe('the gate', () => {
  for (const [story, before, now, fell] of [
    ['the same', figures(fall, day), figures(fall, day), []],
    [
      'a fall less',
      figures(fall, fall),
      figures(fall, { ...fall, fall: 'missed' }),
      ['clear: falls found: 1, was 2 (1.mp4)'],
    ],
    [
      'a false alarm more, and a fall more',
      figures({ ...fall, fall: 'missed' }, day),
      figures(fall, { ...day, fall: 'false' }),
      ['clear: everyday clips without a false alarm: 0, was 1 (1.mp4)'],
    ],
    [
      'another fall instead',
      figures(fall, { ...fall, fall: 'missed' }),
      figures({ ...fall, fall: 'missed' }, fall),
      [],
    ],
    [
      'told too early',
      figures(fall),
      figures({ ...fall, early: true }),
      ['clear: clips without a fall told too early: 0, was 1 (0.mp4)'],
    ],
    [
      'left-room twice',
      figures(day),
      figures({ ...day, leftRoom: 'twice' }),
      ['clear: left-room where somebody leaves: 0, was 1 (0.mp4)'],
    ],
    [
      'left-room of nobody',
      figures(day),
      figures({ ...day, leftRoom: 'false' }),
      ['clear: no left-room where nobody leaves: 0, was 1 (0.mp4)'],
    ],
    [
      'not in bed in bed',
      figures(day),
      figures({ ...day, notInBed: 'false' }),
      ['clear: no not-in-bed of those in bed: 0, was 1 (0.mp4)'],
    ],
    [
      'slower',
      figures(fall),
      figures({ ...fall, toFinding: 16.5 }),
      ['clear: median from lying to finding 16.5 s, was 15 s'],
    ],
    ['a little slower', figures(fall), figures({ ...fall, toFinding: 15.9 }), []],
  ] as const)
    it(`${fell.length > 0 ? 'falls' : 'holds'}: ${story}`, () => expect(compare(before, now).fell).toEqual(fell));

  it('falls for a clip that can no longer be played', () =>
    expect(compare(figures(day), figures({ ...day, fall: 'not-played', leftRoom: 'not-played' })).fell).toHaveLength(
      2,
    ));

  it('names what has risen', () =>
    expect(compare(figures({ ...fall, fall: 'missed' }), figures(fall)).rose).toEqual([
      'clear: falls found: 1, was 0 (0.mp4)',
    ]));

  it('compares only what is in both, and names what was not scored', () =>
    expect(
      compare({ ...figures(fall, day), grey: { 'x.mp4': day } }, { ...figures(fall), night: { 'y.mp4': day } }),
    ).toEqual({
      compared: 1,
      fell: [],
      rose: [],
      absent: ['clear: 1.mp4'],
    }));
});
