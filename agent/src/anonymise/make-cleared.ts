/** Pure. The one maker of a Cleared: only this folder may import it, and nothing but a drawn canvas goes in. */
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Canvas } from './canvas.ts';
import type { ClearedPicture } from './cleared.ts';

/** Copies the canvas, which is drawn on again while the picture is being encoded. */
export function makeCleared(
  canvas: Canvas,
  at: Instant,
  mode: Mode,
  { hard, person }: Pick<ClearedPicture, 'hard' | 'person'>,
): ClearedPicture {
  const own = { at, mode, hard, person, i420: canvas.i420.slice() };
  const picture = { type: 'picture', width: 640, height: 360, ...own } as const;
  return picture as unknown as ClearedPicture;
}
