/** The stage that sees: a frame goes in, who is where comes out with it. Gaps go through. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Frame } from '../decode/frame.ts';
import type { Stage } from '../flow/stage.ts';
import type { VisionModels } from './models.ts';
import { firstPerception, perceiveFrame } from './perceive-frame.ts';
import type { Seen } from './seen.ts';

export interface Perceiving {
  /** Opened and closed by the caller. */
  readonly models: VisionModels;
  /** Asked for each frame: what is known of the room may change while we watch. */
  room(): Room;
  /** Whether a picture taken then counts, because somebody sees it; else some may be passed over while nothing happens. */
  everyPicture?(taken: Instant): boolean;
  /** Whether nobody may see a picture taken then, though somebody waits for the next one: it is passed over, so that this one comes sooner. */
  tooEarly?(taken: Instant): boolean;
  readonly log: Logger;
}

/** A fifth of a second, as while nothing stirs: too short to be a gap. Whatever the clock does, no more are passed over in a row. */
const mostSkipped = 2;

/** Goes by the frames' own time: the same frames always give the same observations, however fast they come. */
export function perceive({
  models,
  room,
  everyPicture = () => false,
  tooEarly = () => false,
  log,
}: Perceiving): Stage<Frame | Gap, Seen | Gap> {
  return async function* (source, signal) {
    let state = firstPerception;
    let passed = 0;
    for await (const input of source) {
      if (input.type === 'gap') {
        yield input;
        continue;
      }
      if (signal.aborted) {
        input[Symbol.dispose]();
        return;
      }
      passed = tooEarly(input.at) ? passed + 1 : 0;
      if (passed > 0 && passed <= mostSkipped) {
        input[Symbol.dispose]();
        continue;
      }
      try {
        const [after, perception] = await perceiveFrame(state, input, {
          room: room(),
          every: everyPicture(input.at),
          models,
        });
        state = after;
        if (!perception) {
          input[Symbol.dispose]();
          continue;
        }
        const { observation, shapes, scene } = perception;
        yield seenOf(input, { observation, shapes, change: scene.change });
      } catch (error) {
        input[Symbol.dispose]();
        // A model that does not run is never an empty room.
        log.error('The picture could not be looked at', { code: asFault(error).code });
        throw error;
      }
    }
  };
}

const seenOf = (frame: Frame, made: Pick<Seen, 'observation' | 'shapes' | 'change'>): Seen => ({
  type: 'seen',
  frame,
  ...made,
  [Symbol.dispose]: () => frame[Symbol.dispose](),
});
