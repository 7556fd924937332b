import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type CameraEvent, cameraWatch } from '../../../agent/src/health/camera-watch.ts';

const at = (seconds: number) => instant(seconds * 1000);
const lost = (second: number, code: 'camera-silent' | 'camera-refused-login' = 'camera-silent'): CameraEvent => ({
  type: 'lost',
  at: at(second),
  code,
});
const back = (second: number): CameraEvent => ({ type: 'connected', at: at(second) });
/** A tick every second, first included and last excluded. */
const ticks = (from: number, to: number): readonly CameraEvent[] =>
  Array.from({ length: Math.max(0, Math.ceil(to - from)) }, (_, index) => ({ type: 'tick', at: at(from + index) }));
/** Lost for so long, then seen for so long, again and again. */
const comesAndGoes = (gone: number, seen: number, until: number): readonly CameraEvent[] =>
  Array.from({ length: Math.floor(until / (gone + seen)) }, (_, turn) => {
    const begins = turn * (gone + seen);
    const returns = begins + gone;
    return [lost(begins), ...ticks(begins + 1, returns), back(returns), ...ticks(returns + 1, returns + seen)];
  }).flat();

describe('camera lost', () => {
  for (const [name, events, expected] of [
    ['is told when the camera stays away', [lost(0), ...ticks(1, 70)], ['began camera-silent@60']],
    ['is not told for a hole of just under a minute', [lost(0), ...ticks(1, 59), back(59), ...ticks(60, 600)], []],
    ['is not told for a night of hang-ups', comesAndGoes(3, 10, 8 * 3600), []],
    [
      'is told once of a camera that comes and goes, and is away most of the time',
      comesAndGoes(40, 5, 3600),
      ['began camera-silent@68'],
    ],
    [
      'counts from the first failure, not from each attempt',
      [lost(0), ...ticks(1, 30), lost(30), ...ticks(31, 61)],
      ['began camera-silent@60'],
    ],
    ['is told once, however long it lasts', [lost(0), ...ticks(1, 5000)], ['began camera-silent@60']],
    [
      'says when the reason changes',
      [lost(0), ...ticks(1, 61), lost(90, 'camera-refused-login')],
      ['began camera-silent@60', 'changed camera-refused-login@90'],
    ],
    [
      'says each reason once, where two of them take turns all night',
      Array.from({ length: 20 }, (_, turn) => [
        lost(turn * 40),
        ...ticks(turn * 40 + 1, turn * 40 + 30),
        lost(turn * 40 + 30, 'camera-refused-login'),
        ...ticks(turn * 40 + 31, turn * 40 + 40),
      ]).flat(),
      ['began camera-silent@60', 'changed camera-refused-login@70'],
    ],
    [
      'ends when pictures have come again for a while',
      [lost(0), ...ticks(1, 61), back(70), ...ticks(71, 90)],
      ['began camera-silent@60', 'ended camera-silent@80'],
    ],
    ['is not told because our clock was set on by an hour', [lost(0), ...ticks(3600, 3630), back(3630)], []],
  ] as const)
    it(name, () => {
      const told = run(cameraWatch(), events).effects.map(
        (one) => `${one.phase} ${one.evidence.code}@${one.at / 1000}`,
      );
      expect(told).toEqual(expected);
    });
});
