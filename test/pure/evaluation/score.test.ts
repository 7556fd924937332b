import { describe, expect, it } from 'vitest';
import { bedOf, fallKindOf, groupOf, leavingOf } from '../../evaluation/score/ground-truth.ts';
import { LabelledClip, roomOf } from '../../evaluation/score/labelled-clip.ts';
import { countOutcomes } from '../../evaluation/score/outcome-counts.ts';
import { type Played, scoreClip } from '../../evaluation/score/scored-clip.ts';
import { printShare, wilson } from '../../evaluation/score/wilson.ts';

const clip = (more: object) => LabelledClip.parse({ file: 'a.mp4', ...more });
const began = (at: number, kind = 'fall'): Played => ({
  type: 'played',
  alarms: [{ kind, phase: 'began', at, code: 'x' }],
});
const nothing: Played = { type: 'played', alarms: [] };
const floor = clip({ label: 'fall', fall_surface: 'floor', fall_start_s: 2, on_floor_from_s: 3 });
const agreed = { leftRoomAfterSeconds: 15 };
const during = (...labels: readonly (readonly [string, number, number])[]) => ({
  segments: labels.map(([label, start_s, end_s]) => ({ label, start_s, end_s })),
});
const bed = {
  bed_polygon_norm: [
    [0, 0.5],
    [1, 0.5],
    [1, 1.2],
  ],
};

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
    ['no label at all', { label: null, bed_polygon_norm: 'odd', segments: [{ label: 3 }] }, 'unlabelled'],
  ] as const)
    it(`counts ${story} as ${group}`, () => expect(groupOf(clip(index))).toBe(group));

  for (const [kind, index] of [
    ['from standing', { fall_start_s: 2, ...during(['Standing', 0, 1.9], ['Falling (BW)', 2, 6]) }],
    ['while walking', { fall_start_s: 2, activity: 'Standing up', ...during(['Walking', 0, 2.1]) }],
    ['from sitting', { fall_start_s: 0, ...during(['sitting on bed edge', 0, 0.3]) }],
    ['out of bed', { fall_start_s: 1.5, ...during(['Sleeping', 0, 1.4]) }],
    ['out of bed', { activity: 'Falling from the bed to the floor' }],
    ['slide', { activity: 'Slides slowly off a chair' }],
    ['while walking', { activity: 'Walking then falling' }],
    ['kind not told', { activity: 'falling forward' }],
    ['kind not told', {}],
  ] as const)
    it(`reads a fall ${kind} out of ${JSON.stringify(index)}`, () => expect(fallKindOf(clip(index))).toBe(kind));

  for (const [story, index, leaving] of [
    ['walks out', during(['person in view', 0, 6], ['empty', 6, 9]), { name: 'leaves', at: 6 }],
    ['walks in and out', during(['empty', 0, 1], ['person in view', 1, 6], ['empty', 6, 9]), { name: 'leaves', at: 6 }],
    ['was never there', { persons: 0, ...during(['empty', 0, 6]) }, { name: 'empty' }],
    ['walks in', during(['empty', 0, 1], ['Walking', 1, 6]), { name: 'stays' }],
    ['walks out by the words alone', { activity: 'walks out of view' }, { name: 'leaves' }],
    ['has a hand out of view', { note: 'head out of the frame', ...during(['Sitting', 0, 6]) }, { name: 'stays' }],
    ['lies there', { label: 'fall', activity: 'walks away and falls' }, { name: 'stays' }],
    ['is not told of', {}, { name: 'unknown' }],
  ] as const)
    it(`knows of one who ${story}`, () => expect(leavingOf(clip(index))).toEqual(leaving));

  for (const [where, index] of [
    ['up', { label: 'fall', fall_surface: 'floor' }],
    ['in-bed', { label: 'fall', fall_surface: 'bed' }],
    ['unknown', { label: 'fall' }],
    ['up', during(['Sitting', 0, 4], ['Walking', 4, 9])],
    ['up', during(['lying on floor', 2, 9])],
    ['in-bed', during(['Walking', 0, 4], ['lying on bed', 4, 9])],
    ['unknown', { activity: 'Sleeping on the floor', ...during(['Sleeping', 2, 9]) }],
    ['on-bed', { activity: 'Sitting on the bed', ...during(['Sitting', 2, 9]) }],
    ['unknown', { activity: 'Sitting', ...during(['Sitting', 2, 9]) }],
    ['empty', { persons: 0 }],
    ['unknown', during(['person in view', 0, 6], ['empty', 6, 9])],
    ['unknown', {}],
  ] as const)
    it(`finds ${where} at the end of ${JSON.stringify(index)}`, () => expect(bedOf(clip(index))).toBe(where));

  it('keeps what is marked within the picture', () =>
    expect(roomOf(clip(bed)).beds[0]).toEqual([
      [0, 0.5],
      [1, 0.5],
      [1, 1],
    ]));

  for (const [story, about, played, expected] of [
    ['found, with the time since lying', floor, began(18.2), { outcome: 'right', early: false, toFinding: 15.2 }],
    ['missed', floor, nothing, { outcome: 'missed', early: false }],
    ['told before there was a fall', floor, began(1), { outcome: 'missed', early: true }],
    ['no other alarm is a fall', floor, began(18, 'left-room'), { outcome: 'missed' }],
    ['a false alarm', clip({ label: 'adl' }), began(5), { outcome: 'false', early: false }],
    ['a fall onto a bed', clip({ label: 'fall', fall_surface: 'bed' }), began(5), { outcome: 'apart', alarmed: true }],
    ['not played', floor, { type: 'not-played', why: 'There is no file.' }, { outcome: 'not-played' }],
  ] as const)
    it(`counts a fall: ${story}`, () => expect(scoreClip(about, played, agreed).fall).toMatchObject(expected));

  const out = clip(during(['person in view', 0, 6], ['empty', 6, 9]));
  const twice: Played = {
    type: 'played',
    alarms: [20, 30].map((at) => ({ kind: 'left-room', phase: 'began', at, code: 'x' })),
  };
  for (const [story, about, played, expected] of [
    ['at the agreed time', out, began(21.4, 'left-room'), { outcome: 'right', off: 0.4 }],
    ['far too early', out, began(12, 'left-room'), { outcome: 'off-time', off: -9 }],
    ['twice', out, twice, { outcome: 'twice', told: 2 }],
    ['not at all', out, nothing, { outcome: 'missed' }],
    ['of an empty room', clip({ persons: 0 }), began(21, 'left-room'), { outcome: 'false', truth: 'empty' }],
    ['of an empty room: never', clip({ persons: 0 }), nothing, { outcome: 'right', truth: 'empty' }],
    ['where nothing is known', clip({}), began(21, 'left-room'), { outcome: 'apart', told: 1 }],
    ['at a time that is not known', clip({ activity: 'leaves' }), began(99, 'left-room'), { outcome: 'right' }],
  ] as const)
    it(`counts left-room told ${story}`, () =>
      expect(scoreClip(about, played, agreed).leftRoom).toMatchObject(expected));

  const up = clip({ ...bed, ...during(['Walking', 0, 9]) });
  const abed = clip({ ...bed, ...during(['lying in bed', 0, 9]) });
  const ended: Played = {
    type: 'played',
    alarms: ['began', 'ended'].map((phase, at) => ({ kind: 'not-in-bed', phase, at, code: 'x' })),
  };
  for (const [story, about, played, outcome] of [
    ['told of one who is up', up, began(6, 'not-in-bed'), 'right'],
    ['not told of one who is up', up, nothing, 'missed'],
    ['told of one in bed', abed, began(6, 'not-in-bed'), 'false'],
    ['told of one on the way to bed', abed, ended, 'right'],
    ['where no bed is marked', clip(during(['Walking', 0, 9])), began(6, 'not-in-bed'), 'apart'],
  ] as const)
    it(`counts not-in-bed ${story}`, () => expect(scoreClip(about, played, agreed).notInBed.outcome).toBe(outcome));

  it('sums up, leaving apart what is doubtful and what could not be played', () => {
    const all = [
      [floor, began(18)],
      [floor, began(20)],
      [floor, nothing],
      [floor, { type: 'not-played', why: 'gone' }],
      [clip({ label: 'adl' }), nothing],
      [clip({ label: 'fall', fall_surface: 'bed' }), began(9)],
    ] as const;
    expect(countOutcomes(all.map(([about, played]) => scoreClip(about, played, agreed)))).toMatchObject({
      clips: 6,
      falls: { found: 2, of: 3 },
      falseAlarms: { found: 0, of: 1 },
      early: 0,
      apart: { 'bed-fall': { found: 1, of: 1 }, ambiguous: { found: 0, of: 0 }, unlabelled: { found: 0, of: 0 } },
      notPlayed: 1,
      toFinding: { median: 16, most: 17, longest: 17 },
    });
  });
});
