/** Pure. Cases of the perception bench: a recording, and the stretch of it that counts. */
export interface Case {
  readonly name: string;
  readonly file: string;
  /** Seconds; the part before is played too, so that the background is learnt. */
  readonly from: number;
  readonly to: number;
  /** Shares of one core, in percent, that watching may cost. */
  readonly budget?: number;
  /** Whether a person is visible throughout the stretch; undefined: not known. */
  readonly shows?: boolean;
}

/** Drawn scenes, the same on every machine; times from their index. */
export const drawnCases: readonly Case[] = [
  { name: 'empty room', file: 'empty-room.mp4', from: 5, to: 30, budget: 25, shows: false },
  { name: 'person moving', file: 'night-fall.mp4', from: 6, to: 25.5, budget: 80, shows: true },
  { name: 'lies still', file: 'night-fall.mp4', from: 28, to: 43.5, budget: 25, shows: true },
];

export const mostMegabytes = 350;
