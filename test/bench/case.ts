/** Pure. What is measured: a recording, and the stretch of it that counts. */
export interface Case {
  readonly name: string;
  readonly file: string;
  /** Seconds; what comes before is played too, so that the room is known. */
  readonly from: number;
  readonly to: number;
  /** Shares of one core, in percent, that watching may cost. */
  readonly budget?: number;
  /** Whether somebody can be seen all through the stretch; undefined: not known. */
  readonly shows?: boolean;
}

/** Drawn, so that they are the same everywhere; times as in the index of the scenes. */
export const drawnCases: readonly Case[] = [
  { name: 'empty room', file: 'empty-room.mp4', from: 5, to: 30, budget: 25, shows: false },
  { name: 'person moving', file: 'night-fall.mp4', from: 6, to: 25.5, budget: 80, shows: true },
  { name: 'lies still', file: 'night-fall.mp4', from: 28, to: 43.5, budget: 25, shows: true },
];

export const mostMegabytes = 350;
