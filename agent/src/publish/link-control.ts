/**
 * Pure. Congestion control of one look: paces the encoder (token bucket at the step's frame rate), lets no picture be encoded while
 * every viewer's window of pictures is full, and takes the step from the rate control.
 */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Shape } from '../encode/shape.ts';
import { type LinkEvent, linkRate } from './link-rate.ts';
import { type PictureWindow, pictureWindow } from './picture-window.ts';

export interface LinkControl {
  /** The step in use. */
  readonly shape: Shape;
  /** Before the first window only one picture may: the first. */
  mayEncode(at: Instant): boolean;
  /** Another ladder of steps, for another mode; it begins no higher than the step in use, unless that was the top. */
  use(ladder: readonly [Shape, ...Shape[]]): void;
  /** Opens the window of one connection to one viewer, until it is disposed. */
  watch(at: Instant): WatchedWindow;
  /** Pictures that were due and left out. */
  readonly leftOut: number;
}

export interface WatchedWindow extends PictureWindow, Disposable {
  /** Whether the last picture may go to this viewer. */
  readonly ready: boolean;
}

/** Tokens by which a picture may come early. */
const early = 0.3;

/**
 * @param steps the ladder, the most first
 * @param changed called each time the step changes
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
  let hasBegun = false;
  let [credit, creditAt, leftOut] = [1, undefined as Instant | undefined, 0];
  const shape = () => ladder[state.step] ?? ladder[0];

  const tell = (event: LinkEvent) => {
    const [next, effects] = machine.step(state, event);
    state = next;
    for (const { step } of effects) changed(ladder[step] ?? ladder[0], step);
  };
  /** Token bucket: of the camera's pictures, `perSecond` are due in the long run. */
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
      // The first picture is coded while its way is still being opened, and waits for it.
      if ((windows.size === 0 && hasBegun) || !due(at)) return false;
      hasBegun = true;
      if (windows.size === 0) {
        credit -= 1;
        return true;
      }
      // Every window is asked, because each counts its own pictures.
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
      hasBegun = true;
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
