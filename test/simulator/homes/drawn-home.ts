/** Pure. A home drawn from a seed: everything that the known home has one of. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { type Camera, cameraAt, normAt } from '../scene/camera.ts';
import { chance } from '../scene/noise.ts';
import type { Place } from '../scene/pose.ts';
import { onBack, onSide } from '../scene/posture.ts';
import { type Block, box } from '../scene/room.ts';
import type { Vec3 } from '../scene/vector.ts';
import { type Chosen, chosenBy } from './chosen.ts';
import { drawBlanket, drawClient, drawCloth, drawVisitor } from './dwellers.ts';
import { awayFrom, furnish } from './furniture.ts';
import type { Bed, Home, Spot, Visitor } from './home.ts';
import { drawnManners } from './manners.ts';
import { atDoor, type Door, doorCorners, drawDyes, shellOf, type Walls } from './shell.ts';
import { isInPicture, isInSight } from './sight.ts';

/** @returns the same home for the same seed. @throws Error where no room of the seed can be seen by a camera */
export function drawnHome(seed: number): Home {
  for (let trial = 0; trial < 4000; trial++) {
    const home = tryHome(chosenBy(chance(seed * 1_000_003 + trial * 7919 + 5)), seed);
    if (home) return home;
  }
  throw new Error(`No home can be drawn from seed ${seed}.`);
}

function tryHome(chosen: Chosen, seed: number): Home | undefined {
  const { between, oneOf, yes } = chosen;
  const wide = yes(0.15) ? between(1.2, 1.4) : between(0.86, 1.05);
  const bed: Bed = { left: -2.04, right: 0.1, front: 3.9, back: 3.9 + wide, high: between(0.44, 0.6) };
  const walls: Walls = {
    left: -2.1 - (yes(0.3) ? between(0.2, 0.7) : 0),
    right: between(1.5, 3),
    front: between(-0.6, 1.2),
    back: bed.back + (yes(0.65) ? 0.08 : between(0.5, 1.2)),
  };
  const door = drawDoor(chosen, walls);
  const client = drawClient(chosen);
  const { tall } = client;
  const edge: Place = { x: -1.72 + 1.26 * tall + between(-0.06, 0.06), y: bed.front - 0.24, yaw: 180 };
  const ways = waysOf(walls, door, edge);
  const fall = drawFall(chosen, walls, edge);
  const { camera, toHall } = drawCamera(chosen, walls, door);
  const hall: Place = { x: toHall[0], y: toHall[1], yaw: 0 };
  const heap = { at: [edge.x + between(-0.4, 0.6), bed.front - between(0.3, 0.7)] as Spot, yaw: between(0, 180) };
  const near = (): Spot => [edge.x + between(0.5, 1.3), between(2.9, 3.4)];
  const visitors = besideEachOther(
    Array.from({ length: yes(0.4) ? 2 : 1 }, () => {
      const to = near();
      return { build: drawVisitor(chosen), to, yaw: between(30, 150) };
    }),
  );
  const dropped: Spot = [edge.x + between(-0.6, 0.9), between(2.6, 3.2)];
  const trodden: readonly Spot[] = [
    ...along([[edge.x, edge.y], ...ways]),
    ...along([[edge.x, edge.y], ...fall.way]),
    ...lyingSpots(fall, tall),
    ...along([[edge.x, edge.y], dropped]),
    ...visitors.map(({ to }) => to),
    [edge.x, edge.y - 0.3],
    [edge.x - 1.2 * tall, edge.y - 0.25],
    heap.at,
  ];
  const fallen = [...along([[edge.x, edge.y], ...fall.way]), ...lyingSpots(fall, tall)];
  const parked = freeSpot(() => [edge.x + between(-0.9, 0.9), between(2.7, bed.front - 0.25)], fallen);
  const chair = freeSpot(() => [between(walls.left + 0.5, walls.right - 0.5), between(walls.front + 0.6, 2.8)], fallen);
  if (!parked || !chair) return undefined;
  const asleep = { x: [bed.left - 0.3, bed.right + 0.1], y: [bed.front - 0.1, bed.back + 0.1] } as const;
  const dyes = drawDyes(chosen);
  const shell = shellOf(walls, door, bed, dyes, chosen);
  const furniture = furnish(
    walls,
    dyes,
    chosen,
    (ground) =>
      trodden.every((spot) => awayFrom(ground, spot) > 0.42) &&
      (ground.x[1] < asleep.x[0] ||
        ground.x[0] > asleep.x[1] ||
        ground.y[1] < asleep.y[0] ||
        ground.y[0] > asleep.y[1]) &&
      awayFrom(ground, [camera.at[0], camera.at[1]]) > 0.6,
  );
  const blocks = [...shell, ...furniture, ...(yes(0.5) ? [rug(chosen, edge)] : [])];
  if (!isSeen(camera, blocks, bed, edge, fall, tall) || isInSight(camera, blocks, [hall.x, hall.y, 1.2], 0.3))
    return undefined;
  const outline = marked(chosen, camera, bedCorners(bed));
  if (areaOf(outline) < 0.035) return undefined;
  const doorway = doorCorners(walls, door);
  const doorSeen = doorway.filter((corner) => isInPicture(camera, corner, -0.1)).length >= 3;
  if (!doorSeen && !yes(0.1)) return undefined;
  const cloth = drawCloth(chosen);
  return {
    blocks,
    camera,
    lamp: { power: 1, near: between(0.25, 0.7), far: between(0.02, 0.11), even: between(0.35, 1.1) },
    manners: drawnManners(seed),
    bed,
    bedOutline: outline,
    doorOutline: doorSeen ? marked(chosen, camera, doorway) : undefined,
    edge,
    intoBed: (bed.front + bed.back) / 2 - edge.y + between(-0.08, 0.08),
    hall,
    wayOut: [...ways, [hall.x, hall.y]],
    wayIn: [...ways].reverse(),
    client,
    pace: between(0.4, 0.85),
    blanket: drawBlanket(chosen),
    linen: cloth.linen,
    fall,
    dropped,
    heap,
    chair,
    parked: { at: parked, yaw: between(0, 360) },
    petWay: roam(chosen, walls, ways, 6),
    pet: { big: oneOf([1, 1.15, 1.5, 1.9]), fur: cloth.fur },
    vacuumWay: roam(chosen, walls, ways, 9),
    visitors,
    breathes: true,
  };
}

/** The second of two stands at least half a metre from the first. */
function besideEachOther([first, second]: readonly Visitor[]): readonly Visitor[] {
  if (!first || !second) return first ? [first] : [];
  const [x, y] = [second.to[0] - first.to[0], second.to[1] - first.to[1]];
  const away = Math.hypot(x, y);
  if (away >= 0.5) return [first, second];
  const [dx, dy] = away < 0.01 ? [0.5, 0] : [(0.5 * x) / away, (0.5 * y) / away];
  return [first, { ...second, to: [first.to[0] + dx, first.to[1] + dy] }];
}

/** Half a metre and more from where somebody falls. */
function freeSpot(spot: () => Spot, taken: readonly Spot[]): Spot | undefined {
  for (let trial = 0; trial < 12; trial++) {
    const [x, y] = spot();
    if (taken.every(([u, v]) => Math.hypot(x - u, y - v) > 0.5)) return [x, y];
  }
  return undefined;
}

function drawDoor({ between, oneOf, yes }: Chosen, walls: Walls): Door {
  const wall = yes(0.5) ? 'right' : oneOf(['left', 'front'] as const);
  const at = {
    right: () => between(Math.max(walls.front + 0.7, 1.2), 4.1),
    left: () => between(walls.front + 0.7, 2.9),
    front: () => between(walls.left + 0.8, walls.right - 0.8),
  };
  return { wall, centre: at[wall](), half: between(0.42, 0.5), high: between(2, 2.1) };
}

/** Points from beside the bed to behind the doorway. */
function waysOf(walls: Walls, door: Door, edge: Place): readonly Spot[] {
  const inside = atDoor(walls, door, 0.55);
  const first: Spot = [edge.x + (inside[0] - edge.x) * 0.35, Math.min(3.35, edge.y + (inside[1] - edge.y) * 0.35)];
  return [first, inside, atDoor(walls, door, -0.55)];
}

function drawFall({ between, oneOf }: Chosen, walls: Walls, edge: Place): Home['fall'] {
  const at: Spot = [between(-1.3, walls.right - 0.7), between(walls.front + 0.8, 3.25)];
  const first: Spot = [edge.x + (at[0] - edge.x) * 0.4, Math.min(3.35, edge.y + (at[1] - edge.y) * 0.4)];
  const yaw = between(0, 360);
  const lies = oneOf([onSide(between(10, 70)), onBack(0)]);
  return { way: [first, at], yaw, lies };
}

/** Where feet, hips and head of the fallen lie on the floor. */
function lyingSpots({ way, yaw }: Home['fall'], tall: number): readonly Spot[] {
  const [x, y] = way.at(-1)!;
  const turn = (yaw * Math.PI) / 180;
  return [-0.2, 0.3, 0.75, 1.3].map((right) => [x + Math.cos(turn) * right * tall, y + Math.sin(turn) * right * tall]);
}

function drawCamera({ between, oneOf }: Chosen, walls: Walls, door: Door): { camera: Camera; toHall: Spot } {
  const high = between(1.75, 2.45);
  const [left, right, front, back] = [walls.left + 0.15, walls.right - 0.15, walls.front + 0.15, walls.back - 0.15];
  const at: Vec3 = oneOf([
    [left + between(0, 0.4), front, high],
    [right - between(0, 0.4), front, high],
    [between(left, right), front, high],
    [right, between(front, 3.2), high],
    [left, between(front, 2.6), high],
    [right, back, high],
  ] as const);
  const camera = cameraAt(at, [between(-1.1, 0.2), between(2.9, 4), between(0.1, 0.7)], between(62, 108));
  // The wall hides who turns, in the hall, towards the camera's side.
  const side = door.wall === 'front' ? at[0] - door.centre : at[1] - door.centre;
  return { camera, toHall: atDoor(walls, door, -0.75, side < 0 ? -1.35 : 1.35) };
}

const bedCorners = ({ left, right, front, back, high }: Bed): readonly Vec3[] => [
  [left, front, high],
  [right, front, high],
  [right, back, high],
  [left, back, high],
];

function isSeen(
  camera: Camera,
  blocks: readonly Block[],
  bed: Bed,
  edge: Place,
  fall: Home['fall'],
  tall: number,
): boolean {
  const middle = (bed.front + bed.back) / 2;
  const seen: readonly Vec3[] = [
    [-1, middle, bed.high + 0.25],
    [-1.72, middle, bed.high + 0.25],
    [edge.x, edge.y + 0.3, bed.high + 0.4],
    [edge.x - 0.5 * tall, edge.y - 0.15, 0.2],
    ...lyingSpots(fall, tall)
      .slice(1)
      .map(([x, y]): Vec3 => [x, y, 0.18]),
  ];
  return (
    bedCorners(bed).every((corner) => isInPicture(camera, corner, 0.005)) &&
    seen.every((point) => isInPicture(camera, point, 0.03) && isInSight(camera, blocks, point))
  );
}

/** As a fitter draws it: each corner a little beside the true one. */
const marked = ({ between }: Chosen, camera: Camera, corners: readonly Vec3[]): Polygon =>
  corners.map((corner) => {
    const [x, y] = normAt(camera, corner, 16 / 9);
    const inside = (v: number) => Math.min(1, Math.max(0, v + between(-0.012, 0.012)));
    return [inside(x), inside(y)] as const;
  });

function areaOf(outline: Polygon): number {
  return Math.abs(
    outline.reduce((sum, [x, y], i) => {
      const [u, v] = outline[(i + 1) % outline.length]!;
      return sum + (x * v - u * y) / 2;
    }, 0),
  );
}

/** Points every quarter of a metre. */
const along = (points: readonly Spot[]): readonly Spot[] =>
  points.slice(1).flatMap((to, i) => {
    const from = points[i]!;
    const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 0.25));
    return Array.from(
      { length: steps + 1 },
      (_, at): Spot => [from[0] + ((to[0] - from[0]) * at) / steps, from[1] + ((to[1] - from[1]) * at) / steps],
    );
  });

/** In through the door, about the free floor, and out. */
function roam({ between }: Chosen, walls: Walls, ways: readonly Spot[], turns: number): readonly Spot[] {
  const [, inside, outside] = ways as readonly [Spot, Spot, Spot];
  const inRoom = Array.from(
    { length: turns },
    (): Spot => [between(Math.max(walls.left, -1.8) + 0.3, walls.right - 0.4), between(walls.front + 0.5, 3.5)],
  );
  return [outside, inside, ...inRoom, inside, outside];
}

function rug({ between }: Chosen, edge: Place): Block {
  const [x, y] = [edge.x + between(-0.4, 0.8), between(2.4, 3.1)];
  return {
    ...box('rug', [x - 1, y - 0.5, -0.02], [x + 1, y + 0.5, 0.014], 0.01),
    dye: { tone: between(0.4, 1.6), shift: [x, y - 2.92, 0], turned: false },
  };
}
