/** Stage: adds to each frame its observation, the people's masks and the foreground. Gaps pass through. */
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
  /** The caller's to open and to close. */
  readonly models: VisionModels;
  /** Read for each frame, because the confirmed room may change. */
  room(): Room;
  /** Whether no picture taken then may be skipped, because a viewer sees it. */
  everyPicture?(taken: Instant): boolean;
  /** Whether a picture taken then is older than a look that waits for its first picture; it is skipped, so that the next comes sooner. */
  tooEarly?(taken: Instant): boolean;
  readonly log: Logger;
}

/** Pictures skipped in a row at most, whatever the clock does: a fifth of a second, too short to be a gap. */
const mostSkipped = 2;

/** Deterministic: it goes by the frames' own time, so that the same frames give the same observations, however fast they come. */
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
    let wasSeen = false;
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
        const every = everyPicture(input.at);
        const waitedFor = every && !wasSeen;
        wasSeen = every;
        const isOutdated = () => tooEarly(input.at);
        const asked = { room: room(), every, waitedFor, isOutdated, models };
        const [after, perception] = await perceiveFrame(state, input, asked);
        state = after;
        if (!perception) {
          input[Symbol.dispose]();
          continue;
        }
        const { observation, shapes, scene } = perception;
        yield seenOf(input, { observation, shapes, change: scene.change });
      } catch (error) {
        input[Symbol.dispose]();
        // Fails: a model that does not run is never an empty room.
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
