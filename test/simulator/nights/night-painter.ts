/** Pure. The timeline of a night on its sprite sheets, and the painter of its frames. */
import { compositor } from './compositor.ts';
import type { ScheduledFrame } from './frame-schedule.ts';
import type { NightTimeline } from './night-timeline.ts';
import { outfitOf, variationOf } from './night-variation.ts';
import type { Night } from './script.ts';
import type { Sheets } from './sprite-sheets.ts';
import { stageNight } from './stage-night.ts';

/** `lengths`: pictures of an animation. */
export function timelineOf(
  night: Night,
  { animations }: Sheets,
): { readonly timeline: NightTimeline; readonly lengths: (animation: string) => number } {
  const lengths = (animation: string) => {
    const sprites = animations.get(animation);
    if (!sprites) throw new Error(`No take is called ${animation}.`);
    return sprites.length;
  };
  return { timeline: stageNight(night, lengths, `client${outfitOf(night)}`), lengths };
}

/** @returns paints a frame into I420 pixels */
export function painterOf(night: Night, sheets: Sheets): (into: Uint8Array, frame: ScheduledFrame) => void {
  const paint = compositor(sheets.room, variationOf(night));
  return (into, { sprites, weather }) =>
    paint(
      into,
      sprites.map(({ animation, picture }) => sheets.animations.get(animation)![picture]!),
      weather,
    );
}
