/** Pure. Whether a body stands where one can leave the picture: at its edge, or with its feet in a marked exit (point-in-polygon with slack). */
import { type Box, contains, type Point, type Polygon } from '@nattfrid/shared/domain/geometry';

/** How far off still counts as there. */
export interface Slack {
  /** Shares of the picture, from its left and right edge and from its lower one: nobody leaves through the top. */
  readonly sides: number;
  readonly bottom: number;
  /** The points of which one must lie in an exit. */
  feetOf(box: Box): readonly Point[];
}

/** For a track that is followed from picture to picture. Feet may be hidden, at the edge or in a doorway far behind: then the middle counts. */
export const followed: Slack = {
  sides: 0.025,
  bottom: 0.025,
  feetOf: ({ x, y, width, height }) => [
    [x + width / 2, y + height * 0.95],
    [x + width / 2, y + height / 2],
  ],
};

const handDrawn = 0.04;
/** For somebody seen last some tenths of a second before the step out, against outlines that are drawn by hand. */
export const lastSeen: Slack = {
  sides: handDrawn,
  bottom: handDrawn / 4,
  feetOf({ x, y, width, height }) {
    const [middle, feet] = [x + width / 2, Math.min(y + height, 1)];
    return [feet - handDrawn, feet + handDrawn, y + height / 2].flatMap((down) =>
      [middle - handDrawn, middle, middle + handDrawn].map((across): Point => [inside(across), inside(down)]),
    );
  },
};

export const isAtEdge = ({ x, y, width, height }: Box, { sides, bottom }: Slack): boolean =>
  x <= sides || x + width >= 1 - sides || y + height >= 1 - bottom;

export function isInExit(box: Box, exits: readonly Polygon[], { feetOf }: Slack): boolean {
  if (exits.length === 0) return false;
  const feet = feetOf(box);
  return exits.some((exit) => feet.some(([x, y]) => contains(exit, x, y)));
}

const inside = (share: number): number => Math.min(Math.max(share, 0.001), 0.999);
