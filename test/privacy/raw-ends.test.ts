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
const at = { x: 160, y: 40, width: 320, height: 280 };
const box = { x: at.x / width, y: at.y / height, width: at.width / width, height: at.height / height };
const isPerson = (x: number, y: number) => x >= at.x && x < at.x + at.width && y >= at.y && y < at.y + at.height;

/**
 * Squares in an order that is nowhere else: small ones as a face or a text would be, large ones that even a rough sketch would keep.
 * The sketch averages light over 38 pixels, twice: of squares smaller than that it keeps too little for a search to be worth anything.
 */
const squares = (side: number) => (x: number, y: number) =>
  (((Math.floor(x / side) * 73_856_093) ^ (Math.floor(y / side) * 19_349_663)) >> 3) & 1 ? 220 : 30;
const [small, large] = [8, 48];
const room = (x: number, y: number) => 60 + 40 * Math.sin(x / 90) + 30 * Math.sin(y / 50);
type Light = (x: number, y: number) => number;
const withPerson =
  (clothes: Light): Light =>
  (x, y) =>
    isPerson(x, y) ? clothes(x, y) : room(x, y);
const withPattern = (side: number): Light => withPerson(squares(side));
/** As bright as the squares are on the whole. */
const plain: Light = () => 125;

/** How much of the planted pattern is in the picture: 0 nothing, 1 all of it; moved by some pixels either way it would still be found. */
function trace(picture: ClearedPicture, side: number): number {
  let most = 0;
  for (let dy = -4; dy <= 4; dy += 2)
    for (let dx = -4; dx <= 4; dx += 2) most = Math.max(most, Math.abs(correlation(picture, side, dx, dy)));
  return most;
}

/** Against the pattern, after what is slow in the picture (fills, tones) is taken away on both sides. */
function correlation({ i420 }: ClearedPicture, side: number, dx: number, dy: number): number {
  const fast = (of: (x: number, y: number) => number, x: number, y: number) =>
    of(x, y) - (of(x - side, y) + of(x + side, y) + of(x, y - side) + of(x, y + side)) / 4;
  const out = (x: number, y: number) => i420[y * width + x]!;
  const planted = squares(side);
  let [ab, aa, bb] = [0, 0, 0];
  for (let y = at.y + 36; y < at.y + at.height - 36; y += 3)
    for (let x = at.x + 36; x < at.x + at.width - 36; x += 3) {
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
/** A room learnt, then the person with the pattern. */
const entering = (scene: (frame: Scene['frame']) => Scene): readonly Scene[] => [
  ...times(30).map((moment) => ({ frame: frameOf(width, height, moment, room) })),
  ...times(42)
    .slice(30)
    .map((moment) => scene(frameOf(width, height, moment, withPattern(small)))),
];
/** The person with the pattern from the first moment on, for long; in the last pictures gone, hatching and all. */
const leaving = (scene: (frame: Scene['frame']) => Scene, clothes: Light = squares(large)): readonly Scene[] => [
  ...times(40).map((moment) => scene(frameOf(width, height, moment, withPerson(clothes)))),
  ...[8000, 8050, 8100, 8150].map((moment) => ({
    frame: frameOf(width, height, later(night, milliseconds(moment)), room),
    change: changeOf(255),
  })),
];
const changedThere = changeOf(255, (x, y) => (isPerson(x * 16, y * 12) ? 255 : 0));
const unknown = changeOf(0);
const still = (frame: Scene['frame']): Scene => ({ frame, persons: [personAt(box)] });
const missed = (frame: Scene['frame']): Scene => ({ frame, change: changedThere });
/** Beside it, and half in front. */
const other = { x: 0.55, y: 0.3, width: 0.35, height: 0.6 };
/** A television: the pattern and its negative in turns, never understood; off in the end. */
const onScreen: readonly Scene[] = leaving(missed).map((scene, index) =>
  index >= 40 || index % 2 === 0
    ? scene
    : missed(
        frameOf(
          width,
          height,
          scene.frame.at,
          withPerson((x, y) => 250 - squares(large)(x, y)),
        ),
      ),
);

describe('a pattern planted on a person', () => {
  for (const side of [small, large])
    it(`would be found, were it there: squares of ${side} pixels`, async () => {
      const [raw] = pictures(await shown('clear', [{ frame: frameOf(width, height, night, withPattern(side)) }]));
      expect(trace(raw!, side)).toBeGreaterThan(0.9);
    });

  it('would be found in the sketch, were it a part of the room', async () => {
    const wall = times(40).map((moment) => ({ frame: frameOf(width, height, moment, withPattern(large)) }));
    expect(trace(pictures(await shown('silhouette', wall)).at(-1)!, large)).toBeGreaterThan(0.4);
  });

  for (const [name, side, scenes] of [
    [
      'seen with a shape',
      small,
      entering((frame) => ({ frame, persons: [personAt(box)], shapes: [ovalIn(box)], change: changedThere })),
    ],
    ['seen without a shape', small, entering((frame) => ({ frame, persons: [personAt(box)], change: changedThere }))],
    [
      'taken for something vague',
      small,
      entering((frame) => ({ frame, persons: [personAt(box, { certainty: 0.2 })], change: changedThere })),
    ],
    ['missed by the models, but a change', small, entering((frame) => ({ frame, change: changedThere }))],
    [
      'there from the beginning, nothing remembered',
      small,
      times(40).map((moment) => ({
        frame: frameOf(width, height, moment, withPattern(small)),
        persons: [personAt(box)],
        change: unknown,
      })),
    ],
    [
      'missed, half behind somebody who is understood',
      small,
      entering((frame) => ({ frame, persons: [personAt(other)], shapes: [ovalIn(other)], change: changedThere })),
    ],
    [
      'understood, and half behind it somebody who is too',
      small,
      entering((frame) => ({
        frame,
        persons: [personAt(box), personAt(other, { track: 2 })],
        shapes: [ovalIn(box), ovalIn(other)],
        change: changedThere,
      })),
    ],
    [
      'so near the lens that all of the picture has changed',
      small,
      entering((frame) => ({ frame, change: changeOf(255, () => 255) })),
    ],
    ['on a screen that never stands still, then dark', large, onScreen],
    ['still for long, then gone', large, leaving(still)],
    ['missed for long, but a change, then gone', large, leaving(missed)],
  ] as const)
    it(`leaves no trace in a silhouette: ${name}`, async () => {
      const all = pictures(await shown('silhouette', scenes));
      expect(all.length).toBe(scenes.length);
      for (const picture of all.slice(-8)) expect(trace(picture, side)).toBeLessThan(0.2);
    });

  for (const [name, scene] of [
    ['still for long, then gone', still],
    ['missed for long, but a change, then gone', missed],
  ] as const)
    it(`changes nothing in any picture: ${name}`, async () => {
      const [planted, without] = [
        pictures(await shown('silhouette', leaving(scene))),
        pictures(await shown('silhouette', leaving(scene, plain))),
      ];
      expect(planted.length).toBe(without.length);
      for (const [index, { i420 }] of planted.entries()) expect(Buffer.compare(i420, without[index]!.i420)).toBe(0);
    });

  it('is no finer than a sixteenth of the width where it was missed altogether and nothing is remembered', async () => {
    const scenes = times(40).map((moment) => ({
      frame: frameOf(width, height, moment, withPattern(small)),
      change: unknown,
    }));
    const last = pictures(await shown('silhouette', scenes)).at(-1)!;
    expect(trace(last, small)).toBeLessThan(0.2);
    // Inside one block of 40 × 40 pixels nothing differs.
    const inside = Array.from(
      { length: 900 },
      (_, n) => last.i420[(165 + Math.floor(n / 30)) * width + 285 + (n % 30)]!,
    );
    expect(Math.max(...inside) - Math.min(...inside)).toBeLessThanOrEqual(1);
  });

  for (const mode of ['blur', 'blocks'] as const)
    it(`leaves no trace behind ${mode}`, async () => {
      const scene = { frame: frameOf(width, height, night, withPattern(small)), persons: [personAt(box)] };
      for (const picture of pictures(await shown(mode, [scene]))) expect(trace(picture, small)).toBeLessThan(0.2);
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
        frame: frameOf(width, height, night, withPattern(small)),
        persons: [personAt(box)],
        shapes: [ovalIn(box)],
      };
      const [picture] = pictures(await shown(mode, [scene], [mask]));
      const inside = new Set<number>();
      for (let y = 80; y < 320; y++) for (let x = 196; x < 444; x++) inside.add(picture!.i420[y * width + x]!);
      expect([...inside]).toEqual([32]);
    });
});
