/** Pure. Stages a script: each of its events becomes animations, changes of the light and ground truth on the night's timeline. */
import type { LightChange, NightTimeline, WantedAlarm } from './night-timeline.ts';
import type { Night, NightEvent } from './script.ts';
import { type Household, openStage, type StageActions } from './stage-actions.ts';

export type { Household };

type Acts<Name extends NightEvent['do']> = { readonly [Each in Name]: (from: number, lasts: number) => void };
type Emergency = 'gone-out' | 'falls' | 'slides' | 'found-lying' | 'camera-covered';

/** @param lengths pictures of each animation */
export function stageNight(night: Night, lengths: (animation: string) => number, household: Household): NightTimeline {
  const stage = openStage(lengths, household);
  beginNight(stage, night);
  const acts: Acts<NightEvent['do']> = { ...everydayActs(stage), ...emergencyActs(stage, night.alarms) };
  for (const event of night.events) acts[event.do](60 * event.at, 'minutes' in event ? 60 * event.minutes : 0);
  return stage.timeline();
}

function beginNight(stage: StageActions, night: Night): void {
  if (night.first.is === 'in-bed') {
    stage.bedIs(0, 'in-bed');
    stage.client(0, 'lies-on-back');
    return;
  }
  if (night.first.is === 'goes-to-bed') {
    stage.bedIs(0, 'not-in-bed');
    stage.backIn(60 * night.first.atMinute);
    return;
  }
  const until = 60 * night.first.untilMinute;
  stage.bedIs(0, 'on-edge');
  stage.client(0, 'on-edge');
  if (night.alarms.notInBed) {
    const due = bedtimeAfter(night);
    if (due < until) stage.wants({ event: 'not-in-bed', kind: 'not-in-bed', from: due, by: due + 60, to: until + 90 });
  }
  stage.toBed(until);
}

/** Events after which no alarm is due. */
function everydayActs(stage: StageActions): Acts<Exclude<NightEvent['do'], Emergency>> {
  const { client } = stage;
  return {
    'turns-over': (from) => client(from, 'turns', 'lies-on-side', 240, 'turns-back', 'lies-on-back'),
    stirs: (from) => client(from, 'stirs', 'lies-on-back'),
    'ties-shoe': (from) => {
      const edge = client(stage.toEdge(from), 'on-edge', 5, 'ties-shoe', 'on-edge', 6);
      stage.toBed(edge);
    },
    'picks-up': (from) => {
      const back = client(stage.outOfBed(from), 'picks-up', 'sits-down');
      stage.bedIs(back, 'on-edge');
      stage.toBed(client(back, 'on-edge', 4));
    },
    bathroom: (from, lasts) => stage.backIn(client(stage.outOfBed(from), 'walks-out', undefined, lasts)),
    'sits-on-edge': (from, lasts) => stage.toBed(client(stage.toEdge(from), 'on-edge', lasts)),
    'blanket-falls': (from) => {
      client(from, 'turns', 0.4, 'lies-bare', 1200, 'lies-on-back');
      stage.cue({ layer: 'heap', animation: 'thing blanket-heap', from: from + 2 });
      stage.cue({ layer: 'heap', animation: undefined, from: from + 1200 });
    },
    nurses: (from, lasts) => stage.helpers(from, lasts),
    cat: (from) => stage.play('pet', from, 'thing', 'cat', undefined),
    vacuum: (from) => stage.play('pet', from, 'thing', 'vacuum', undefined),
    chair: (from) => stage.play('chair', from, 'thing', 'chair'),
    lamp: (from, lasts) => changeLight(stage, 'lamp', from, lasts),
    colour: (from, lasts) => changeLight(stage, 'colour', from, lasts),
    curtain: (from, lasts) => changeLight(stage, 'curtain', from, lasts),
    headlights: (from) => changeLight(stage, 'headlights', from, 5),
    television: (from, lasts) => changeLight(stage, 'television', from, lasts),
    insects: (from, lasts) => changeLight(stage, 'insects', from, lasts),
    web: (from, lasts) => changeLight(stage, 'web', from, lasts),
  };
}

/** Events after which an alarm is due, where the plan has agreed on it. */
function emergencyActs(stage: StageActions, alarms: Night['alarms']): Acts<Emergency> {
  const { client } = stage;
  const { fall, leftRoom, blind } = alarms;
  const wantsFall = (event: Emergency, alarm: Pick<WantedAlarm, 'from' | 'by' | 'to'>) => {
    if (fall) stage.wants({ event, kind: 'fall', ...alarm });
  };
  const persistence = fall?.persistenceSeconds ?? 0;
  return {
    'gone-out': (from, lasts) => {
      const out = client(stage.outOfBed(from), 'walks-out', undefined);
      const by = out + 60 * (leftRoom?.afterMinutes ?? 0) + 30;
      if (leftRoom) stage.wants({ event: 'gone-out', kind: 'left-room', from: out - 4, by, to: out + lasts });
      stage.backIn(out + lasts);
    },
    falls: (from) => {
      const down = client(stage.outOfBed(from), 'falls', 'lies-on-floor');
      wantsFall('falls', { from: down - 2, by: down + persistence + 20, to: down + 130 });
      stage.helpers(down + 100, 60);
      stage.toBed(client(down + 125, 'is-helped-up', 'sits-down'));
    },
    slides: (from) => {
      const edge = client(stage.toEdge(from), 'on-edge', 20);
      const down = client(edge, 'slides', 'lies-by-bed');
      stage.bedIs(edge + 5, 'not-in-bed');
      wantsFall('slides', { from: down - 4, by: down + persistence + 20, to: down + 130 });
      stage.helpers(down + 100, 60);
      stage.toBed(client(down + 125, 'is-helped-to-bed'));
    },
    'found-lying': (from) => {
      stage.light({ by: 'lost', from, to: from + 60 });
      stage.bedIs(from + 30, 'not-in-bed');
      const lies = client(from + 30, 'lies-on-floor') + 30;
      wantsFall('found-lying', { from: lies, by: lies + persistence + 40, to: lies + 160 });
      stage.busy({ from, to: lies + 60 });
      stage.helpers(lies + 130, 60);
      stage.toBed(client(lies + 155, 'is-helped-up', 'sits-down'));
    },
    'camera-covered': (from, lasts) => {
      changeLight(stage, 'covered', from, lasts);
      const by = from + (blind?.afterSeconds ?? 0) + 15;
      if (blind) stage.wants({ event: 'camera-covered', kind: 'blind', from, by, to: from + lasts });
    },
  };
}

function changeLight(stage: StageActions, by: LightChange['by'], from: number, lasts: number): void {
  stage.light({ by, from, to: from + lasts });
  for (const edge of [from, from + lasts]) stage.busy({ from: edge - 2, to: edge + 8 });
  const moves = by !== 'lamp' && by !== 'colour' && by !== 'covered' && by !== 'lost';
  if (moves) stage.busy({ from, to: from + Math.min(lasts, 60) });
}

/** Seconds of the night at which the agreed bedtime comes; scripts begin within 12 hours before it. */
function bedtimeAfter({ begins, alarms }: Night): number {
  const clock = /T(\d\d):(\d\d)/.exec(begins)!;
  const [hours, minutes] = alarms.notInBed!.by.split(':').map(Number);
  const wait = (hours! - Number(clock[1])) * 60 + minutes! - Number(clock[2]);
  return 60 * ((wait + 1440) % 1440);
}
