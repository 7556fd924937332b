/** The canvas of each look on the screen. A picture is drawn there and kept nowhere else. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Drawable } from '../link/picture-talk.ts';

export interface Canvases {
  /** Where a camera's pictures are drawn from now on. @returns what takes the canvas away again, cleared */
  attach(look: LookId, canvas: HTMLCanvasElement): () => void;
  has(look: LookId): boolean;
  draw(look: LookId, frame: Drawable): void;
  /** No pixel of an earlier picture is left. */
  wipe(look: LookId): void;
}

export function openCanvases(): Canvases {
  const canvases = new Map<LookId, HTMLCanvasElement>();
  return {
    attach(look, next) {
      canvases.set(look, next);
      return () => {
        wipe(next);
        if (canvases.get(look) === next) canvases.delete(look);
      };
    },
    has: (look) => canvases.has(look),
    draw(look, frame) {
      const canvas = canvases.get(look);
      if (canvas) draw(canvas, frame);
    },
    wipe(look) {
      const canvas = canvases.get(look);
      if (canvas) wipe(canvas);
    },
  };
}

function draw(canvas: HTMLCanvasElement, frame: Drawable): void {
  const [width, height] =
    'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.getContext('2d', { alpha: false })?.drawImage(frame, 0, 0);
}

/** Setting the width makes the browser drop the pixels; painting over them would not. */
function wipe(canvas: HTMLCanvasElement): void {
  canvas.width = 16;
  canvas.height = 9;
}
