/** Pure. The empty room, ray-marched once, as the camera never moves: light, depth and normal of each subpixel. */
import { type Camera, rayAt } from './camera.ts';
import { normalOf, opennessAt } from './distance-field.ts';
import { type Lamp, lightOn, nightLamp, vignette } from './light.ts';
import { type Block, blocks, blocksNear, distanceToBlock, distanceToRoom } from './room.ts';
import { roomPaint } from './room-paint.ts';
import type { Vec3 } from './vector.ts';

/** Size of a picture in pixels; `fine` x `fine` subpixels for each (supersampling). */
export interface Size {
  readonly width: number;
  readonly height: number;
  readonly fine: number;
}

export interface StillRoom {
  /** Linear light, RGB per subpixel. */
  readonly light: Float32Array;
  /** Depth in metres along the ray. */
  readonly far: Float32Array;
  /** Surface normal, three values per subpixel. */
  readonly normal: Float32Array;
}

export function emptyRoom(size: Size): StillRoom {
  const dots = size.width * size.height * size.fine * size.fine;
  const values = (count: number) => new Float32Array(new SharedArrayBuffer(count * 4));
  return { light: values(dots * 3), far: values(dots), normal: values(dots * 3) };
}

const tile = 16;

/** What stands in a room, and what lights it. */
export interface Furnished {
  readonly blocks: readonly Block[];
  readonly lamp: Lamp;
}
const usual: Furnished = { blocks, lamp: nightLamp };

/** Renders every row of tiles whose number is `share` modulo `of`. */
export function drawRoom(
  into: StillRoom,
  camera: Camera,
  size: Size,
  share: number,
  of: number,
  furnished = usual,
): void {
  const wide = size.width * size.fine;
  const high = size.height * size.fine;
  for (let top = share * tile; top < high; top += of * tile) {
    for (let left = 0; left < wide; left += tile) drawTile(into, camera, wide, high, left, top, furnished);
  }
}

function drawTile(
  into: StillRoom,
  camera: Camera,
  wide: number,
  high: number,
  left: number,
  top: number,
  { blocks: all, lamp }: Furnished,
): void {
  const middle = rayAt(camera, (left + tile / 2) / wide - 0.5, (top + tile / 2 - high / 2) / wide);
  const near = blocksNear(all, camera.at, middle, ((tile * 0.8) / wide / camera.focal) * 1.1, 0.3);
  for (let y = top; y < Math.min(high, top + tile); y += 1) {
    for (let x = left; x < Math.min(wide, left + tile); x += 1) {
      const px = (x + 0.5) / wide - 0.5;
      const py = (y + 0.5 - high / 2) / wide;
      drawDot(into, y * wide + x, near, camera.at, rayAt(camera, px, py), vignette(px, py), lamp);
    }
  }
}

function drawDot(
  into: StillRoom,
  dot: number,
  near: readonly Block[],
  at: Vec3,
  way: Vec3,
  shade: number,
  lamp: Lamp,
): void {
  let t = 0.4;
  for (let i = 0; i < 120 && t < 12; i += 1) {
    const gap = distanceToRoom(near, at[0] + way[0] * t, at[1] + way[1] * t, at[2] + way[2] * t);
    if (gap < 0.0008) break;
    t += gap * 0.92;
  }
  const x = at[0] + way[0] * t;
  const y = at[1] + way[1] * t;
  const z = at[2] + way[2] * t;
  const normal = normalOf((a, b, c) => distanceToRoom(near, a, b, c), x, y, z, 0.002);
  const paint = roomPaint(blockAt(near, x, y, z), x, y, z);
  const bright =
    lightOn(
      normal,
      way,
      t,
      opennessAt((a, b, c) => distanceToRoom(near, a, b, c), x, y, z, normal, 0.3),
      lamp,
    ) * shade;
  into.far[dot] = t;
  for (let i = 0; i < 3; i += 1) {
    into.light[dot * 3 + i] = paint[i]! * bright;
    into.normal[dot * 3 + i] = normal[i]!;
  }
}

function blockAt(near: readonly Block[], x: number, y: number, z: number): Block {
  let best = near[0]!;
  for (const block of near) if (distanceToBlock(block, x, y, z) < distanceToBlock(best, x, y, z)) best = block;
  return best;
}
