import { describe, expect, it } from 'vitest';
import { groupOf, LabelledClip, type Played, scoreClip, sumUp } from '../../../scripts/scored-clip.ts';
import { printShare, wilson } from '../../../scripts/wilson.ts';

const clip = (more: object) => LabelledClip.parse({ file: 'a.mp4', ...more });
const began = (at: number, kind = 'fall'): Played => ({
  type: 'played',
  alarms: [{ kind, phase: 'began', at, code: 'x' }],
});
const nothing: Played = { type: 'played', alarms: [] };
const floor = clip({ label: 'fall', fall_surface: 'floor', fall_start_s: 2, on_floor_from_s: 3 });

describe('score', () => {
  for (const [found, of, low, high] of [
    [0, 10, 0, 0.278],
    [9, 9, 0.701, 1],
    [8, 9, 0.565, 0.98],
    [1, 2, 0.095, 0.905],
    [0, 0, 0, 1],
  ] as const)
    it(`knows between which bounds ${found} of ${of} lie`, () => {
      const interval = wilson(found, of);
      expect([interval.low, interval.high].map((one) => Math.round(one * 1000) / 1000)).toEqual([low, high]);
    });

  it('prints a share with its bounds', () =>
    expect([printShare(9, 9), printShare(0, 0)]).toEqual(['9 of 9 (70 to 100 %)', 'none to count']));

  for (const [story, index, group] of [
    ['a fall to the floor', { label: 'fall', fall_surface: 'floor', ambiguous: null }, 'floor-fall'],
    ['a fall of which no more is told', { label: 'fall' }, 'floor-fall'],
    ['a fall onto a bed', { label: 'fall', fall_surface: 'bed', ambiguous: true }, 'bed-fall'],
    ['everyday', { label: 'adl' }, 'everyday'],
    ['everyday that may be one', { label: 'adl', ambiguous: true }, 'ambiguous'],
    ['no label at all', { label: null, bed_polygon_norm: 'odd' }, 'unlabelled'],
  ] as const)
    it(`counts ${story} as ${group}`, () => expect(groupOf(clip(index))).toBe(group));

  for (const [story, about, played, expected] of [
    ['found, with the time since lying', floor, began(18.2), { alarmed: true, early: false, toFinding: 15.2 }],
    ['missed', floor, nothing, { alarmed: false, early: false }],
    ['told before there was a fall', floor, began(1), { alarmed: false, early: true }],
    ['no other alarm is a fall', floor, began(18, 'left-room'), { alarmed: false }],
    ['a false alarm', clip({ label: 'adl' }), began(5), { alarmed: true, early: false }],
    [
      'not played',
      floor,
      { type: 'not-played', why: 'There is no file.' },
      { alarmed: undefined, why: 'There is no file.' },
    ],
  ] as const)
    it(`counts ${story}`, () => expect(scoreClip(about, played)).toMatchObject(expected));

  it('sums up, leaving apart what is doubtful and what could not be played', () => {
    const bed = clip({ label: 'fall', fall_surface: 'bed' });
    const gone: Played = { type: 'not-played', why: 'gone' };
    const all = [
      [floor, began(18)],
      [floor, began(20)],
      [floor, nothing],
      [floor, gone],
      [clip({ label: 'adl' }), nothing],
      [bed, began(9)],
    ] as const;
    expect(sumUp(all.map(([about, played]) => scoreClip(about, played)))).toEqual({
      falls: { found: 2, of: 3 },
      falseAlarms: { found: 0, of: 1 },
      early: 0,
      apart: { 'bed-fall': { found: 1, of: 1 }, ambiguous: { found: 0, of: 0 }, unlabelled: { found: 0, of: 0 } },
      notPlayed: 1,
      toFinding: { median: 16, longest: 17 },
    });
  });
});
