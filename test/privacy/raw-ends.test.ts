/** Raw pixels end in the anonymiser: a pattern planted on a person cannot be found in what comes out, in no way of missing them. */
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import { silent } from '@nattfrid/shared/log/logger';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { after as later } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';
import { anonymise } from '../../agent/src/anonymise/anonymise.ts';
import type { Cleared, ClearedPicture } from '../../agent/src/anonymise/cleared.ts';
import { changeOf, frameOf, judgedOf, night, ovalIn, personAt, type Scene } from '../support/seen.ts';

const [width, height] = [640, 360];
/** Where the person stands, in pixels and as a box. */
const at = { x: 240, y: 90, width: 160, height: 200 };
const box = { x: at.x / width, y: at.y / height, width: at.width / width, height: at.height / height };
const isPerson = (x: number, y: number) => x >= at.x && x < at.x + at.width && y >= at.y && y < at.y + at.height;

/** Squares of 8 pixels in an order that is nowhere else: what a face or a text would be. */
const planted = (x: number, y: number) => (((((x >> 3) * 73_856_093) ^ ((y >> 3) * 19_349_663)) >> 3) & 1 ? 220 : 30);
const room = (x: number, y: number) => 60 + 40 * Math.sin(x / 90) + 30 * Math.sin(y / 50);
const withPattern = (x: number, y: number) => (isPerson(x, y) ? planted(x, y) : room(x, y));

/** How much of the planted pattern is in the picture: 0 nothing, 1 all of it; moved by some pixels either way it would still be found. */
function trace(picture: ClearedPicture): number {
  let most = 0;
  for (let dy = -4; dy <= 4; dy += 2)
    for (let dx = -4; dx <= 4; dx += 2) most = Math.max(most, Math.abs(correlation(picture, dx, dy)));
  return most;
}

/** Against the pattern, after what is slow in the picture (fills, tones, outlines) is taken away on both sides. */
function correlation({ i420 }: ClearedPicture, dx: number, dy: number): number {
  const fast = (of: (x: number, y: number) => number, x: number, y: number) =>
    of(x, y) - (of(x - 8, y) + of(x + 8, y) + of(x, y - 8) + of(x, y + 8)) / 4;
  const out = (x: number, y: number) => i420[y * width + x]!;
  let [ab, aa, bb] = [0, 0, 0];
  for (let y = at.y + 30; y < at.y + at.height - 30; y += 3)
    for (let x = at.x + 30; x < at.x + at.width - 30; x += 3) {
      const a = fast(planted, x, y);
      const b = fast(out, x + dx, y + dy);
      ab += a * b;
      aa += a * a;
      bb += b * b;
    }
  return bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

async function shown(mode: Mode, scenes: readonly Scene[], masks: Room['masks'] = []): Promise<readonly Cleared[]> {
  const clock = movedClock(night);
  async function* judged() {
    for (const scene of scenes) {
      clock.moveTo(scene.frame.at);
      yield judgedOf(scene);
    }
  }
  const stage = anonymise({
    mode: () => mode,
    room: () => ({ beds: [], exits: [], masks }),
    alias: 'Anna 3' as ClientAlias,
    clock,
    log: silent,
  });
  return Array.fromAsync(stage(judged(), new AbortController().signal));
}
const pictures = (cleared: readonly Cleared[]) => cleared.filter((one) => one.type === 'picture');
const times = (many: number) => Array.from({ length: many }, (_, index) => later(night, milliseconds(index * 200)));
/** A room learnt, then the person with the pattern for many pictures. */
const entering = (scene: (frame: Scene['frame']) => Scene, many = 40): readonly Scene[] => [
  ...times(30).map((moment) => ({ frame: frameOf(width, height, moment, room) })),
  ...times(30 + many)
    .slice(30)
    .map((moment) => scene(frameOf(width, height, moment, withPattern))),
];
const changedThere = changeOf(255, (x, y) => (isPerson(x * 16, y * 12) ? 255 : 0));

describe('a pattern planted on a person', () => {
  it('would be found, were it there', async () => {
    const [raw] = pictures(await shown('clear', [{ frame: frameOf(width, height, night, withPattern) }]));
    expect(trace(raw!)).toBeGreaterThan(0.9);
  });

  for (const [name, scenes] of [
    [
      'seen with a shape',
      entering((frame) => ({ frame, persons: [personAt(box)], shapes: [ovalIn(box)], change: changedThere })),
    ],
    ['seen without a shape', entering((frame) => ({ frame, persons: [personAt(box)], change: changedThere }))],
    [
      'taken for something vague',
      entering((frame) => ({ frame, persons: [personAt(box, { certainty: 0.2 })], change: changedThere })),
    ],
    ['missed by the models, but a change', entering((frame) => ({ frame, change: changedThere }))],
    [
      'there from the beginning, nothing remembered',
      times(60).map((moment) => ({
        frame: frameOf(width, height, moment, withPattern),
        persons: [personAt(box)],
        change: changeOf(0),
      })),
    ],
    [
      'missed altogether, nothing remembered',
      times(60).map((moment) => ({
        frame: frameOf(width, height, moment, withPattern),
        change: changeOf(0),
      })),
    ],
  ] as const)
    it(`leaves no trace in a silhouette: ${name}`, async () => {
      const all = pictures(await shown('silhouette', scenes));
      expect(all.length).toBe(scenes.length);
      for (const picture of all.slice(-12)) expect(trace(picture)).toBeLessThan(0.15);
    });

  for (const mode of ['blur', 'blocks'] as const)
    it(`leaves no trace behind ${mode}`, async () => {
      const scene = { frame: frameOf(width, height, night, withPattern), persons: [personAt(box)] };
      for (const picture of pictures(await shown(mode, [scene]))) expect(trace(picture)).toBeLessThan(0.15);
    });

  for (const mode of ['silhouette', 'blur', 'blocks', 'clear'] as const)
    it(`is burnt flat where the room is masked, in ${mode}`, async () => {
      const mask = [
        [0.3, 0.2],
        [0.7, 0.2],
        [0.7, 0.9],
        [0.3, 0.9],
      ] as unknown as Room['masks'][number];
      const scene = {
        frame: frameOf(width, height, night, withPattern),
        persons: [personAt(box)],
        shapes: [ovalIn(box)],
      };
      const [picture] = pictures(await shown(mode, [scene], [mask]));
      const inside = new Set<number>();
      for (let y = 80; y < 320; y++) for (let x = 196; x < 444; x++) inside.add(picture!.i420[y * width + x]!);
      expect([...inside]).toEqual([32]);
    });
});
