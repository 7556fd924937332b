/** Pure. The painter of a night's frames, out of its home, its sprite sheets and its camera. */
import { projectPoint } from '../scene/camera.ts';
import { compositor, type Window } from './compositor.ts';
import type { ScheduledFrame } from './frame-schedule.ts';
import { homeOf } from './home-of-night.ts';
import type { Night } from './script.ts';
import { size } from './sprite.ts';
import type { Sheets } from './sprite-sheets.ts';

/** @returns paints a frame into I420 pixels; sprites in any order, the farther ones are covered by the nearer */
export function painterOf(night: Night, sheets: Sheets): (into: Uint8Array, frame: ScheduledFrame) => void {
  const home = homeOf(night);
  const paint = compositor(sheets.room, home.manners, curtainIn(home));
  return (into, { sprites, weather }) => {
    const shown = sprites.map(({ animation, picture }) => sheets.animations.get(animation)![picture]!);
    paint(into, night.home === 'known' ? shown : shown.toSorted((a, b) => b.deep - a.deep), weather);
  };
}

/** Where the curtains hang in the picture; empty where there are none. */
function curtainIn({ blocks, camera }: ReturnType<typeof homeOf>): Window {
  const corners = blocks
    .filter(({ matter, waves }) => matter === 'curtain' && waves > 0)
    .flatMap(({ at, half }) =>
      [-1, 1].flatMap((x) => [-1, 1].map((z) => [at[0] + x * half[0], at[1], at[2] + z * half[2]] as const)),
    )
    .map((corner) => projectPoint(camera, corner))
    .filter(({ deep }) => deep > 0.3);
  if (corners.length === 0) return { left: 0, right: 0, top: 0, bottom: 0 };
  const within = (v: number, most: number) => Math.round(Math.max(0, Math.min(most, v)));
  const [xs, ys] = [
    corners.map(({ x }) => (x + 0.5) * size.width),
    corners.map(({ y }) => y * size.width + size.height / 2),
  ];
  return {
    left: within(Math.min(...xs), size.width),
    right: within(Math.max(...xs), size.width),
    top: within(Math.min(...ys), size.height),
    bottom: within(Math.max(...ys), size.height),
  };
}
