/** Runs the agent's own pipeline on one recording, from camera to findings; nothing is shown, sent or kept. */
import { replayCamera } from '@nattfrid/agent/camera/replay';
import { decide } from '@nattfrid/agent/decide/decide';
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { Judged } from '@nattfrid/agent/decide/judged';
import { decode } from '@nattfrid/agent/decode/decode';
import type { Frame, Pixels } from '@nattfrid/agent/decode/frame';
import { pace } from '@nattfrid/agent/decode/pace';
import { openPool } from '@nattfrid/agent/decode/pool';
import { findFfmpeg } from '@nattfrid/agent/ffmpeg/find';
import type { Stage } from '@nattfrid/agent/flow/stage';
import type { VisionModels } from '@nattfrid/agent/perceive/models';
import { perceive } from '@nattfrid/agent/perceive/perceive';
import type { Gap, Observed } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { removeColour, simulatedNight } from '@nattfrid/simulator/simulated-light';
import { seedOf, type Variation, varied, variedRoom } from './varied.ts';

export interface RecordingRun {
  readonly file: string;
  readonly room: Room;
  readonly plan: AgreedAlarms;
  /** The instant of the recording's first picture: detectors that go by the clock take it for the time of night. */
  readonly start: Instant;
  readonly holdSeconds: number;
  readonly light: 'clear' | 'grey' | 'night';
  /** Augmentation of the pictures; the room's outlines move along. */
  readonly variation?: Variation | undefined;
  /** `life`: in real time. `max`: as fast as the models run, with the same findings for the same file each time. */
  readonly speed: 'life' | 'max';
  readonly models: VisionModels;
  readonly log?: Logger;
}

/** One observation, gap or finding. Times are seconds of the recording. */
export type Moment =
  | {
      readonly type: 'seen';
      readonly at: number;
      readonly observation: Observed;
      /** Bed states in the order of the room's beds, and eyesight. */
      readonly beds: Judged['beds'];
      readonly eyesight: Judged['eyesight'];
    }
  | { readonly type: 'gap'; readonly at: number; readonly gap: Gap }
  | { readonly type: 'found'; readonly at: number; readonly finding: Finding };

export async function* runRecording(run: RecordingRun, signal: AbortSignal): AsyncGenerator<Moment> {
  const { file, start, speed, holdSeconds, models, log = silent } = run;
  const ffmpeg = await findFfmpeg(process.env);
  const moved = movedClock(start);
  const clock = speed === 'max' ? moved : systemClock;
  const room = variedRoom(run.room, run.variation);
  const found: Finding[] = [];
  const seconds = (at: Instant) => (at - start) / 1000;

  const camera = replayCamera({ file, clock, start, speed, holdSeconds, ffmpeg, log });
  const pool = openPool(log);
  const frames = decode({ ffmpeg, pace: pace(), log, clock, pool, speed })(camera.open(signal), signal);
  const lit = inLight(run.light, run.variation)(frames, signal);
  const seen = perceive({ models, room: () => room, log })(lit, signal);
  const versions = Object.entries(models.versions).map(([name, version]) => `${name} ${version}`);
  const judged = decide({
    plan: () => run.plan,
    room: () => room,
    tell: (finding) => found.push(finding),
    clock,
    models: versions,
  })(seen, signal);

  for await (using one of judged) {
    const at = one.input.type === 'seen' ? one.input.frame.at : one.input.at;
    const { beds, eyesight } = one;
    if (one.input.type === 'seen')
      yield { type: 'seen', at: seconds(at), observation: one.input.observation, beds, eyesight };
    else yield { type: 'gap', at: seconds(at), gap: one.input };
    for (const finding of found.splice(0)) yield { type: 'found', at: seconds(finding.at), finding };
    if (speed === 'max') moved.moveTo(at);
  }
}

export const inLight = (
  light: RecordingRun['light'],
  variation: Variation | undefined,
): Stage<Frame | Gap, Frame | Gap> =>
  async function* (source) {
    const vary = varied(variation);
    const change: Record<RecordingRun['light'], (pixels: Pixels) => void> = {
      clear: () => {},
      grey: removeColour,
      night: simulatedNight(seedOf(variation)),
    };
    for await (const one of source) {
      if (one.type === 'frame') {
        vary(one);
        change[light](one);
      }
      yield one;
    }
  };
