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
const tick = (second: number): CameraEvent => ({ type: 'tick', at: at(second) });

describe('camera lost', () => {
  for (const [name, events, expected] of [
    ['is told when the camera stays away', [lost(0), tick(3), tick(4)], ['began camera-silent@4']],
    ['is not told for the blink of one reconnection', [lost(0), tick(2), back(3), tick(60)], []],
    [
      'counts from the first failure, not from each attempt',
      [lost(0), lost(2), lost(3.5), tick(4)],
      ['began camera-silent@4'],
    ],
    ['is told once, however long it lasts', [lost(0), tick(4), tick(5), tick(500)], ['began camera-silent@4']],
    [
      'says when the reason changes',
      [lost(0), tick(4), lost(9, 'camera-refused-login')],
      ['began camera-silent@4', 'changed camera-refused-login@9'],
    ],
    ['ends when pictures come again', [lost(0), tick(4), back(7)], ['began camera-silent@4', 'ended camera-silent@7']],
  ] as const)
    it(name, () => {
      const told = run(cameraWatch(), events).effects.map(
        (one) => `${one.phase} ${one.evidence.code}@${one.at / 1000}`,
      );
      expect(told).toEqual(expected);
    });
});
