/** Pure. Profiles of the emulated links, and the aims of a look over each. */

/** Parameters of the forwarder, for one direction. */
export interface Shape {
  /** bit/s; 0: as fast as the machine. */
  readonly rate: number;
  /** Milliseconds, and to either side of them. */
  readonly delay: number;
  readonly jitter: number;
  /** Share of the packets, 0 to 1. */
  readonly loss: number;
  /** Queue length in milliseconds of the rate; packets beyond it are dropped. */
  readonly buffer: number;
}

/** Median in milliseconds that a look should reach; without one the figure is only printed. */
export interface Aims {
  readonly first?: number;
  readonly firstWithCamera?: number;
  readonly age?: number;
}

export interface Profile {
  readonly name: string;
  readonly words: string;
  /** The same in both directions: half the round trip, the loss on each way. */
  readonly shape: Shape;
  readonly aims: Aims;
  /** Milliseconds without a link, in the middle of a look. */
  readonly outage?: number;
}

export const openLine: Shape = { rate: 0, delay: 0, jitter: 0, loss: 0, buffer: 0 };
const good: Shape = { rate: 5_000_000, delay: 25, jitter: 0, loss: 0.001, buffer: 400 };
const poor: Shape = { rate: 600_000, delay: 60, jitter: 20, loss: 0.02, buffer: 600 };

export const profiles: readonly Profile[] = [
  {
    name: 'loopback',
    words: 'no link, this machine only',
    shape: openLine,
    aims: { first: 600, firstWithCamera: 2000, age: 250 },
  },
  {
    name: 'good-4g',
    words: '50 ms there and back, 0.1 % lost each way, 5 Mbit/s',
    shape: good,
    aims: { first: 600, firstWithCamera: 2000, age: 250 },
    outage: 3000,
  },
  {
    name: 'poor-4g',
    words: '120 ± 40 ms there and back, 2 % lost each way, 600 kbit/s',
    shape: poor,
    aims: { first: 1200, firstWithCamera: 2000, age: 500 },
    outage: 3000,
  },
  {
    name: 'narrow',
    words: '80 ms there and back, 250 kbit/s',
    shape: { rate: 250_000, delay: 40, jitter: 0, loss: 0, buffer: 1000 },
    aims: { age: 800 },
  },
];
