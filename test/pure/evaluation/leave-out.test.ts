/** Leave one out: nobody is judged by limits that were chosen with their help, and what is shipped has no say in the choice. */

import { describe, expect, it } from 'vitest';
import { LabelledClip } from '../../evaluation/score/labelled-clip.ts';
import { conditionsLeftOut } from '../../evaluation/score/leave-all-out.ts';
import { allLimits, choose, leaveOut, shippedLimits, type Tried } from '../../evaluation/score/leave-out.ts';
import { printLeftOut } from '../../evaluation/score/print-left-out.ts';
import { compare, figuresOf } from '../../evaluation/score/regression-gate.ts';
import { type ScoredClip, scoreClip } from '../../evaluation/score/scored-clip.ts';

const fall = LabelledClip.parse({ file: 'fall.mp4', label: 'fall', fall_start_s: 2, on_floor_from_s: 3 });
const everyday = LabelledClip.parse({ file: 'day.mp4', label: 'adl' });
const scored = (clip: LabelledClip, at: number | undefined): ScoredClip =>
  scoreClip(
    clip,
    { type: 'played', alarms: at === undefined ? [] : [{ kind: 'fall', phase: 'began', at, code: 'x' }] },
    { leftRoomAfterSeconds: 15 },
  );
/** Certainties from lenient to strict; what is told at which of them. */
const cells = allLimits.filter(({ cell }) => cell[1] === 2);
const tried = (subject: string, clip: LabelledClip, isTold: (row: number) => boolean): Tried => ({
  light: 'night',
  subject,
  room: 'a room',
  outcomes: cells.map(({ cell }) => scored(clip, isTold(cell[0]) ? 18 : undefined)),
});

describe('one left out', () => {
  it('is judged by the limits of the others, though its own would have found it', () => {
    // The others cry wolf below the fifth certainty; the one left out is seen only below the third.
    const others = ['a', 'b', 'c'].flatMap((who) => [
      tried(who, everyday, (row) => row < 4),
      tried(who, fall, () => true),
    ]);
    const { judged, shipped, folds } = leaveOut('subject', [...others, tried('d', fall, (row) => row < 4)], cells);
    const found = (all: ReadonlyMap<string, readonly ScoredClip[]>) =>
      all.get('night')!.filter(({ group, fall: { alarmed } }) => group === 'floor-fall' && alarmed).length;
    expect(folds.find(({ part }) => part === 'd')!.limits.cell[0]).toBeGreaterThanOrEqual(4);
    expect(judged.get('night')).toHaveLength(7);
    expect([found(judged), found(shipped)]).toEqual([3, 4]);
    const printed = printLeftOut([leaveOut('subject', [...others, tried('d', fall, (row) => row < 4)], cells)]);
    expect(printed).toContain('3 of 4 (30 to 95 %)');
    expect(printed).toMatch(/\n {2}d +certainty 0\.[678], lying 0 +3 +3\n?/);
  });

  it('leaves each clip to be judged once, whichever way the clips are parted', () => {
    const some = [tried('a', fall, () => true), tried('b', fall, () => true), tried('a', everyday, () => false)];
    for (const parting of ['subject', 'room'] as const)
      expect(leaveOut(parting, some, cells).judged.get('night')).toHaveLength(3);
  });
});

describe('the gate', () => {
  it('names a clip that is found no more where its subject is left out', () => {
    const figures = (isFound: boolean) => {
      const left = leaveOut('subject', [tried('a', fall, () => true), tried('b', fall, () => isFound)], cells);
      return figuresOf(conditionsLeftOut([left]));
    };
    const { fell, compared } = compare(figures(true), figures(false));
    expect(compared).toBe(1);
    expect(fell[0]).toContain('night, subject left out: falls found: 0, was 1 (fall.mp4)');
  });
});

describe('the choice of limits', () => {
  it('takes the middle of all that are as good, and not what is shipped', () => {
    const some = [tried('a', everyday, (row) => row < 4), tried('a', fall, () => true)];
    expect(cells[choose(some, cells)]!.cell[0]).toBe(5);
    expect(cells[shippedLimits(cells)]!.cell[0]).toBe(3);
  });

  it('does not buy a fall found with a cry at every everyday clip', () => {
    const some = [
      tried('a', everyday, (row) => row < 2),
      tried('a', fall, (row) => row < 2),
      tried('b', fall, () => true),
    ];
    expect(cells[choose(some, cells)]!.cell[0]).toBeGreaterThanOrEqual(2);
  });

  it('knows the shipped limits among those that it tries', () => expect(shippedLimits(allLimits)).toBeGreaterThan(0));
});
