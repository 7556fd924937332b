/** Pure. Connected components of the changed cells, each with its bounding box. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Change } from './seen.ts';

export interface Component {
  readonly box: Box;
  /** Of the whole picture. */
  readonly share: number;
}

/** Components of the changed cells, largest first; cells up to two apart are connected. */
export function connectedComponents({ width, height, changed }: Change): readonly Component[] {
  const reach = 2;
  const open = new Uint8Array(changed.length);
  for (let i = 0; i < open.length; i++) open[i] = changed[i]! > 127 ? 1 : 0;
  const found: Component[] = [];
  const stack: number[] = [];
  for (let start = 0; start < open.length; start++) {
    if (!open[start]) continue;
    open[start] = 0;
    stack.push(start);
    let [left, top, right, bottom, many] = [width, height, -1, -1, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % width;
      const y = (at - x) / width;
      many++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      const [lastRow, lastColumn] = [Math.min(height - 1, y + reach), Math.min(width - 1, x + reach)];
      for (let v = Math.max(0, y - reach); v <= lastRow; v++)
        for (let u = Math.max(0, x - reach); u <= lastColumn; u++) {
          const next = v * width + u;
          if (!open[next]) continue;
          open[next] = 0;
          stack.push(next);
        }
    }
    const box = {
      x: left / width,
      y: top / height,
      width: (right + 1 - left) / width,
      height: (bottom + 1 - top) / height,
    };
    found.push({ box, share: many / changed.length });
  }
  return found.sort((a, b) => b.share - a.share);
}
