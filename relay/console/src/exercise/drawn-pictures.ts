/** Draws the pictures of a look in an exercise, in this page and for this page alone: a sketch of a room, and a shape. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Pictures } from '../link/open.ts';
import { bed, door, floor, limbs, type Scene } from './drawn-room.ts';
import { noKey } from './world.ts';

const [width, height] = [960, 540];
const between = milliseconds(200);

/**
 * @param mark stands across each picture @param begun called with the first picture of a look
 * @param seen called once, after so many pictures that somebody has looked
 */
export function drawnPictures(
  clock: Clock,
  scene: (look: LookId) => Scene,
  mark: string,
  begun: (look: LookId) => void,
  seen: (scene: Scene) => void,
): Pictures {
  let drawing: Disposable | undefined;
  const allowed = Promise.withResolvers<void>();
  const end = () => drawing?.[Symbol.dispose]();
  return {
    operatorKey: noKey,
    end,
    allowed: allowed.resolve,
    async watch(look, _unitKey, hear, whose) {
      end();
      if (whose === 'asked') await allowed.promise;
      const canvas = new OffscreenCanvas(width, height);
      const what = scene(look);
      let count = 0;
      hear({ type: 'opened', width, height });
      drawing = clock.every(between, () => {
        draw(canvas, what, Math.sin(count / 6), mark);
        if (count++ === 0) begun(look);
        if (count === 10) seen(what);
        hear({ type: 'picture', frame: canvas.transferToImageBitmap(), taken: clock.now() });
      });
    },
  };
}

function draw(canvas: OffscreenCanvas, scene: Scene, breath: number, mark: string): void {
  const pen = canvas.getContext('2d', { alpha: false });
  if (!pen) return;
  pen.fillStyle = '#101a2b';
  pen.fillRect(0, 0, width, height);
  pen.lineWidth = 3;
  pen.strokeStyle = '#8fa3c0';
  for (const outline of [floor, bed, door]) {
    pen.beginPath();
    for (const [x, y] of outline) pen.lineTo(x * width, y * height);
    pen.closePath();
    pen.stroke();
  }
  pen.fillStyle = '#7cc4f5';
  for (const { at, radius, turn } of limbs(scene, breath)) {
    pen.beginPath();
    pen.ellipse(at[0] * width, at[1] * height, radius[0] * width, radius[1] * height, turn, 0, 2 * Math.PI);
    pen.fill();
  }
  pen.save();
  pen.translate(width / 2, height / 2);
  pen.rotate(-0.3);
  pen.textAlign = 'center';
  pen.font = '700 150px sans-serif';
  pen.fillStyle = 'rgb(255 182 115 / 0.28)';
  pen.fillText(mark, 0, 40);
  pen.restore();
}
