/** Pure. A home in which nights are played: room, bed, ways through it, camera, lamp, and who lives there and comes by. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import type { Appearance } from '../scene/body-paint.ts';
import type { Camera } from '../scene/camera.ts';
import type { Lamp } from '../scene/light.ts';
import type { Place, Pose } from '../scene/pose.ts';
import type { Block } from '../scene/room.ts';
import type { Build } from './build.ts';
import type { Manners } from './manners.ts';
import type { Blanket } from './props.ts';

export type Spot = readonly [x: number, y: number];

/** The client's head lies towards smaller x, and who sits on the bed's edge faces smaller y. */
export interface Bed {
  readonly left: number;
  readonly right: number;
  readonly front: number;
  readonly back: number;
  readonly high: number;
}

export interface Visitor {
  readonly build: Build;
  readonly to: Spot;
  readonly yaw: number;
}

export interface Home {
  readonly blocks: readonly Block[];
  readonly camera: Camera;
  readonly lamp: Lamp;
  readonly manners: Manners;
  readonly bed: Bed;
  /** Outlines in the picture, x and y from 0 to 1, as a fitter marks them; none: the door is out of the picture. */
  readonly bedOutline: Polygon;
  readonly doorOutline: Polygon | undefined;
  /** Where a person stands before sitting down on the bed. */
  readonly edge: Place;
  /** Metres from there to the line on which the body lies in bed. */
  readonly intoBed: number;
  /** Out of sight. */
  readonly hall: Place;
  /** Between bed and hall, in the order of going out. */
  readonly wayOut: readonly Spot[];
  readonly wayIn: readonly Spot[];
  readonly client: Build;
  /** Walking speed of the client, metres a second. */
  readonly pace: number;
  readonly blanket: Blanket;
  readonly linen: Appearance;
  /** Where the client falls, facing where, and how the body comes to lie. */
  readonly fall: { readonly way: readonly Spot[]; readonly yaw: number; readonly lies: Pose };
  /** Where something is picked up from the floor. */
  readonly dropped: Spot;
  readonly heap: { readonly at: Spot; readonly yaw: number };
  readonly chair: Spot;
  readonly parked: { readonly at: Spot; readonly yaw: number };
  readonly petWay: readonly Spot[];
  readonly pet: { readonly big: number; readonly fur: Appearance };
  readonly vacuumWay: readonly Spot[];
  /** One or two. */
  readonly visitors: readonly Visitor[];
  /** Who lies breathes, and who sits sways. */
  readonly breathes: boolean;
}
