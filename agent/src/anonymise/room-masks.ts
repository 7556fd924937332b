/** Pure. Burns the room's masks into the pixels: those parts are shown in no mode. */
import { contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import { type Canvas, canvasWidth, gridHeight, gridWidth, type Placed } from './canvas.ts';

/** Each cell that a mask touches is flat afterwards. @param at where the camera's picture lies on the canvas */
export function roomMasks(at: Placed): (canvas: Canvas, masks: readonly Polygon[]) => void {
  let known: readonly Polygon[] = [];
  let covered: readonly number[] = [];
  return ({ y, u, v }, masks) => {
    if (masks !== known) [known, covered] = [masks, cellsUnder(masks, at)];
    for (const cell of covered) {
      const start = 2 * Math.floor(cell / gridWidth) * canvasWidth + 2 * (cell % gridWidth);
      y[start] = y[start + 1] = y[start + canvasWidth] = y[start + canvasWidth + 1] = 32;
      u[cell] = v[cell] = 128;
    }
  };
}

function cellsUnder(masks: readonly Polygon[], at: Placed): readonly number[] {
  const covered: number[] = [];
  if (masks.length === 0) return covered;
  for (let row = 0; row < gridHeight; row++)
    for (let column = 0; column < gridWidth; column++)
      if (masks.some((mask) => touches(mask, column, row, at))) covered.push(row * gridWidth + column);
  return covered;
}

/** Whether the cell's centre or a point within one cell around it lies inside: a mask may be a little too large, never too small. */
function touches(mask: Polygon, column: number, row: number, at: Placed): boolean {
  for (const dy of [-0.5, 0.5, 1.5])
    for (const dx of [-0.5, 0.5, 1.5]) {
      const x = (2 * (column + dx) - at.x) / at.width;
      const y = (2 * (row + dy) - at.y) / at.height;
      if (contains(mask, x, y)) return true;
    }
  return false;
}
