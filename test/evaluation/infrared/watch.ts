/** One scene in one way through the unit's own eyes and detectors, its bed marked or not. */
import { openJudge } from '@nattfrid/agent/decide/decide';
import type { Finding } from '@nattfrid/agent/decide/finding';
import type { Frame } from '@nattfrid/agent/decode/frame';
import type { VisionModels } from '@nattfrid/agent/perceive/models';
import { firstPerception, perceiveFrame } from '@nattfrid/agent/perceive/perceive-frame';
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { AgreedAlarms } from '@nattfrid/shared/domain/plan';
import { type Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import type { Scene } from './scenes.ts';
import { backAndForth } from './source.ts';
import { grainOf, shown, shownOutline, type Way } from './ways.ts';

export interface Figures {
  readonly pictures: number;
  /** In how many somebody is in bed, surely a person is seen, and more than one is. */
  readonly inBed: number;
  readonly somebody: number;
  readonly several: number;
  /** Seconds until the bed is known to be taken. */
  readonly after: number | undefined;
  /** What was told, with its code. */
  readonly alarms: readonly string[];
}
/** What is seen in one picture, for whoever looks into it. */
export type Trace = (seconds: number, observation: Observed, bed: string) => void;

const start = instant(Date.UTC(2026, 0, 14, 23));
/** As a replay has it: everything on, with short waits. */
const alarms: AgreedAlarms = {
  fall: { persistenceSeconds: 15 },
  leftRoom: { afterMinutes: 0.25 },
  notInBed: { by: '00:00', until: '06:00' },
  blind: { afterSeconds: 60 },
};
const surelyFrom = 0.5;

interface Watching {
  readonly models: VisionModels;
  readonly seconds: number;
  /** Whether the room's bed is marked. */
  readonly marked: boolean;
  readonly trace?: Trace | undefined;
}

/** @throws Fault `model-failed` */
export async function watch(scene: Scene, way: Way, { models, seconds, marked, trace }: Watching): Promise<Figures> {
  const pictures = (await scene.pictures()).map((one) => shown(one, way));
  const grain = grainOf(Math.hypot(scene.noise, way.noise ?? 0), 5);
  const room: Room = { ...unknownRoom, beds: scene.bed && marked ? [shownOutline(scene.bed, way)] : [] };
  const judge = judgeOf(room);
  let state = firstPerception;
  const many = Math.round(seconds * way.pictures);
  for (let index = 0; index < many; index++) {
    const at = instant(start + Math.round((index * 1000) / way.pictures));
    const picture = backAndForth(pictures, Math.floor((index * 6) / way.pictures), scene.settled);
    const y = picture.y.slice();
    grain(y);
    const frame: Frame = { type: 'frame', at, ...picture, y, [Symbol.dispose]() {} };
    const [after, perception] = await perceiveFrame(state, frame, { room, every: false, models });
    state = after;
    if (!perception) continue;
    const { observation } = perception;
    judge.take(observation, at);
    trace?.((at - start) / 1000, observation, judge.bed());
  }
  return judge.figures();
}

function judgeOf(room: Room) {
  const told: string[] = [];
  const tell = ({ phase, kind, at, evidence }: Finding) => {
    if (phase !== 'ended') told.push(`${kind} ${evidence.code} ${((at - start) / 1000).toFixed(0)} s`);
  };
  const judge = openJudge({ plan: () => alarms, room: () => room, tell, clock: movedClock(start), models: [] });
  let [pictures, inBed, somebody, several] = [0, 0, 0, 0];
  let after: number | undefined;
  let bed = '';
  return {
    take(observation: Observed, at: Instant): void {
      judge.step(observation);
      const sure = observation.persons.filter(({ certainty }) => certainty >= surelyFrom).length;
      const states = judge.known().beds;
      bed = states.map(({ name, why }) => `${name} ${why}`).join();
      pictures++;
      if (sure > 0) somebody++;
      if (sure > 1) several++;
      if (!states.some(({ name }) => name === 'in-bed')) return;
      inBed++;
      after ??= (at - start) / 1000;
    },
    bed: () => bed,
    figures: (): Figures => ({ pictures, inBed, somebody, several, after, alarms: told }),
  };
}
