/** Pure. The frame schedule of a staged night: the sprites and the light of each frame, at 5 frames a second in busy stretches and at 1 in quiet ones. */

import { animationRate } from './animations.ts';
import type { Weather } from './compositor.ts';
import type { Cue, NightTimeline } from './night-timeline.ts';

export const busyRate = 5;
export const quietRate = 1;

export interface ScheduledFrame {
  /** Seconds of the night. */
  readonly at: number;
  /** The camera gave nothing since the frame before. */
  readonly lost: boolean;
  /** Back to front; `picture` is the number within the animation. */
  readonly sprites: readonly { readonly animation: string; readonly picture: number }[];
  readonly weather: Weather;
}

const layers: readonly Cue['layer'][] = ['heap', 'aside', 'aid', 'client', 'chair', 'pet', 'nurse1', 'nurse0'];

/** Who lies or sits is shown breathing, at two of its pictures a second, and not held still. */
const breathes = /client (lies-(on|by|bare)|on-edge)/;
const breathRate = 2;

export function* frameSchedule(
  timeline: NightTimeline,
  lasts: number,
  lengths: (animation: string) => number,
): Generator<ScheduledFrame> {
  const on = new Map<Cue['layer'], Cue>();
  let next = 0;
  for (let at = 0; at < lasts; ) {
    for (; next < timeline.cues.length && timeline.cues[next]!.from <= at; next++)
      on.set(timeline.cues[next]!.layer, timeline.cues[next]!);
    const sprites = layers.flatMap((layer) => {
      const cue = on.get(layer);
      if (!cue?.animation) return [];
      return [
        {
          animation: cue.animation,
          picture: breathes.test(cue.animation)
            ? Math.floor((at - cue.from) * breathRate) % lengths(cue.animation)
            : Math.min(lengths(cue.animation) - 1, Math.floor((at - cue.from) * animationRate)),
        },
      ];
    });
    yield { at, sprites, ...lightAt(timeline, at) };
    const moves = timeline.busy.some(({ from, to }) => from <= at && at < to);
    const step = 1 / (moves ? busyRate : quietRate);
    at = Math.round((at + step) * 1000) / 1000;
  }
}

function lightAt({ lights }: NightTimeline, at: number): Pick<ScheduledFrame, 'lost' | 'weather'> {
  const on = (by: string) => lights.find((one) => one.by === by && one.from <= at && at < one.to);
  const passing = on('headlights');
  const weather = {
    lamp: on('lamp') !== undefined,
    colour: on('colour') !== undefined,
    curtain: on('curtain') !== undefined,
    television: on('television') !== undefined,
    covered: on('covered') !== undefined,
    insects: on('insects') !== undefined,
    web: on('web') !== undefined,
    headlights: passing && (at - passing.from) / (passing.to - passing.from),
    seconds: at,
  };
  return { lost: on('lost') !== undefined, weather };
}
