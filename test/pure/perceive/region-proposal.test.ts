/** Where the pose model is proposed to run: detections and foreground, without what tracks cover. */
import { type PersonDetection, proposeRegions } from '@nattfrid/agent/perceive/region-proposal';
import type { Change } from '@nattfrid/agent/perceive/seen';
import type { Box } from '@nattfrid/shared/domain/geometry';
import { describe, expect, it } from 'vitest';

const [width, height] = [80, 60];
const bed: Box = { x: 0.2, y: 0.4, width: 0.5, height: 0.3 };
const floor: Box = { x: 0.1, y: 0.75, width: 0.45, height: 0.15 };
const crumb: Box = { x: 0.8, y: 0.8, width: 0.03, height: 0.03 };

function changeIn(...boxes: readonly Box[]): Change {
  const changed = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height];
    return boxes.some((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height) ? 255 : 0;
  });
  return { width, height, changed, known: new Uint8Array(width * height).fill(255) };
}
const detection = (box: Box, score: number, turn = 0): PersonDetection => ({ box, score, turn });

describe('where somebody may be', () => {
  it.each<readonly [string, readonly PersonDetection[], Change, readonly Box[], readonly string[]]>([
    ['nothing seen and nothing changed', [], changeIn(), [], []],
    ['a clear figure in an unchanged room', [detection(bed, 0.35)], changeIn(), [], ['figure 0']],
    ['a faint figure in an unchanged room', [detection(bed, 0.22)], changeIn(), [], []],
    ['a faint figure where the room has changed', [detection(bed, 0.22, 1.57)], changeIn(bed), [], ['figure 1.57']],
    [
      'one figure in two turns is one place',
      [detection(bed, 0.4, 1.57), detection(bed, 0.35)],
      changeIn(),
      [],
      ['figure 1.57,0'],
    ],
    ['a low wide change, looked at turned first', [], changeIn(floor), [], ['change 1.57,-1.57,0']],
    ['a change too small for a body', [], changeIn(crumb), [], []],
    ['who is followed already is not proposed again', [detection(bed, 0.5)], changeIn(bed), [bed], []],
    ['two places, the figure first', [detection(bed, 0.5)], changeIn(floor), [], ['figure 0', 'change 1.57,-1.57,0']],
  ])('%s', (_, detections, change, taken, expected) => {
    const told = proposeRegions(detections, change, taken, 4 / 3).map(
      ({ score, turns }) => `${score > 0 ? 'figure' : 'change'} ${turns.map((turn) => Number(turn.toFixed(2))).join()}`,
    );
    expect(told).toEqual(expected);
  });
});
