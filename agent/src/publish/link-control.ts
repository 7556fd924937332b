/**
 * Pure. Asked before each picture of a look whether it may be encoded now: at most as often as the link takes, never when all
 * who watch are behind, and not at all while nobody is connected. Keeps the link's rate out of what the viewers acknowledge.
 */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Shape } from '../encode/shape.ts';
import { type LinkEvent, linkRate } from './link-rate.ts';
import { type PictureWindow, pictureWindow } from './picture-window.ts';

export interface LinkControl {
  /** What is used now. */
  readonly shape: Shape;
  mayEncode(at: Instant): boolean;
  /** Other steps from now on: what is shown needs more bits, or less. A link that was too narrow for the old ones begins no higher. */
  use(ladder: readonly [Shape, ...Shape[]]): void;
  /** For one connection to one viewer, until it is disposed of. */
  watch(at: Instant): WatchedWindow;
  /** Pictures that were due and could not go. */
  readonly leftOut: number;
}

export interface WatchedWindow extends PictureWindow, Disposable {
  /** Whether the picture that was last asked about may go to this viewer. */
  readonly ready: boolean;
}

/** A picture that comes a little early is not put off to the next. */
const early = 0.3;

/**
 * @param steps what may be used, the most first
 * @param changed told each time the link's rate changes
 * @param first the step to begin with: where an earlier look over this link has ended
 */
export function linkControl(
  steps: readonly [Shape, ...Shape[]],
  changed: (shape: Shape, step: number) => void = () => {},
  first = 0,
): LinkControl {
  let ladder = steps;
  const rateOf = (begin: number) =>
    linkRate(
      ladder.map(({ kbits }) => kbits),
      begin,
    );
  let machine = rateOf(first);
  let state = machine.initial;
  const windows = new Map<PictureWindow, { ready: boolean }>();
  let [credit, creditAt, leftOut] = [1, undefined as Instant | undefined, 0];
  const shape = () => ladder[state.step] ?? ladder[0];

  const tell = (event: LinkEvent) => {
    const [next, effects] = machine.step(state, event);
    state = next;
    for (const { step } of effects) changed(ladder[step] ?? ladder[0], step);
  };
  /** Pictures come at the camera's pace; so many of them are used that it is `perSecond` in the long run. */
  const due = (at: Instant): boolean => {
    const passed = Math.max(0, at - (creditAt ?? at)) / 1000;
    creditAt = at;
    credit = Math.min(1 + early, credit + passed * shape().perSecond);
    return credit >= 1 - early;
  };

  return {
    get shape() {
      return shape();
    },
    get leftOut() {
      return leftOut;
    },
    mayEncode(at) {
      if (windows.size === 0 || !due(at)) return false;
      // Each is asked, so that each counts for itself.
      for (const [window, answer] of windows) answer.ready = window.mayEncode(at);
      if (![...windows.values()].some(({ ready }) => ready)) {
        leftOut++;
        tell({ type: 'left-out', at });
        return false;
      }
      credit -= 1;
      return true;
    },
    use(other) {
      const { kbits } = shape();
      const begin = state.step === 0 ? 0 : other.findIndex((one) => one.kbits <= kbits);
      ladder = other;
      machine = rateOf(begin < 0 ? other.length - 1 : begin);
      state = machine.initial;
      changed(shape(), state.step);
    },
    watch(at) {
      const window = pictureWindow();
      const answer = { ready: true };
      windows.set(window, answer);
      if (windows.size === 1) tell({ type: 'anew', at });
      return {
        mayEncode: window.mayEncode,
        sent: window.sent,
        acknowledged(counter, when) {
          const arrived = window.acknowledged(counter, when);
          if (arrived) tell({ type: 'acknowledged', at: when, ...arrived });
          return arrived;
        },
        clear: window.clear,
        get ready() {
          return answer.ready;
        },
        get leftOut() {
          return window.leftOut;
        },
        [Symbol.dispose]: () => void windows.delete(window),
      };
    },
  };
}
