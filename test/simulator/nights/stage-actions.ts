/** Pure. The recurring actions of a staged night, such as sitting up or going back to bed; each appends to the timeline being built. */
import { animationRate } from './animations.ts';
import type { Cue, LightChange, NightTimeline, Span, TrueBedState, WantedAlarm } from './night-timeline.ts';

/** Names of animations in sequence; a number: seconds of rest; undefined: the layer becomes empty. */
type Acts = readonly (string | number | undefined)[];

/** Times are seconds of the night; every action that plays animations returns the second at which it ends. */
export interface StageActions {
  play(layer: Cue['layer'], from: number, actor: string, ...acts: Acts): number;
  client(from: number, ...acts: Acts): number;
  /** From lying in bed to sitting on its edge. */
  toEdge(from: number): number;
  /** From lying in bed to standing beside it. */
  outOfBed(from: number): number;
  /** From the hall to lying in bed. */
  backIn(from: number): number;
  /** From sitting on the edge to lying in bed. */
  toBed(from: number): number;
  /** One or two nurses come, stay for so many seconds, and go. */
  helpers(from: number, stay: number): number;
  cue(cue: Cue): void;
  light(change: LightChange): void;
  busy(span: Span): void;
  bedIs(from: number, is: TrueBedState['is']): void;
  wants(alarm: WantedAlarm): void;
  timeline(): NightTimeline;
}

/** What a home has that changes how an action looks. */
export interface Household {
  /** One or two. */
  readonly visitors: number;
  readonly hasWalker: boolean;
  readonly blanketStaysRumpled: boolean;
}

const who = 'client';

/** @param lengths pictures of each animation */
export function openStage(lengths: (animation: string) => number, household: Household): StageActions {
  const [cues, lights, busy]: [Cue[], LightChange[], Span[]] = [[], [], []];
  const [wanted, bed]: [WantedAlarm[], TrueBedState[]] = [[], []];
  const seconds = (animation: string) => lengths(animation) / animationRate;

  /** A walker stands where it was left while it is not walked with, and a blanket lies thrown back until somebody lies under it. */
  const leaveThings = (act: string | undefined, from: number): void => {
    const put = (layer: Cue['layer'], animation: string | undefined) => cues.push({ layer, animation, from });
    if (household.hasWalker && act === 'walks-out') put('aid', undefined);
    if (household.hasWalker && act !== undefined && takesUp.has(act)) put('aid', 'thing walker-parked');
    if (household.blanketStaysRumpled && act === 'sits-up') put('aside', 'thing blanket-aside');
    if (household.blanketStaysRumpled && act !== undefined && liesUnder.has(act)) put('aside', undefined);
  };

  const stage: StageActions = {
    play(layer, from, actor, ...acts) {
      let at = from;
      for (const act of acts) {
        if (typeof act === 'number') at += act;
        else {
          cues.push({ layer, animation: act && `${actor} ${act}`, from: at });
          if (layer === 'client') leaveThings(act, at);
          if (act === undefined) continue;
          const lasts = seconds(`${actor} ${act}`);
          busy.push({ from: at - 1, to: at + lasts + 12 });
          at += lasts;
        }
      }
      return at;
    },
    client: (from, ...acts) => stage.play('client', from, who, ...acts),
    toEdge(from) {
      stage.bedIs(from + seconds(`${who} sits-up`) / 2, 'on-edge');
      return stage.client(from, 'sits-up');
    },
    outOfBed(from) {
      const up = stage.client(stage.toEdge(from), 'on-edge', 8, 'gets-up');
      stage.bedIs(up, 'not-in-bed');
      return up;
    },
    backIn(from) {
      const edge = stage.client(from, 'walks-in', 'sits-down');
      stage.bedIs(edge, 'on-edge');
      return stage.toBed(stage.client(edge, 'on-edge', 4));
    },
    toBed(from) {
      stage.bedIs(from + seconds(`${who} lies-down`) / 2, 'in-bed');
      return stage.client(from, 'lies-down', 1, 'lies-bare', 3, 'lies-on-back');
    },
    helpers(from, stay) {
      const first = stage.play('nurse0', from, 'nurse0', 'comes', 'stays', stay, 'goes', undefined);
      if (household.visitors < 2) return first;
      return stage.play('nurse1', from + 2.4, 'nurse1', 'comes', 'stays', stay, 'goes', undefined);
    },
    cue: (cue) => void cues.push(cue),
    light: (change) => void lights.push(change),
    busy: (span) => void busy.push(span),
    bedIs: (from, is) => void bed.push({ from, is }),
    wants: (alarm) => void wanted.push(alarm),
    timeline: () => ({
      cues: inOrder(cues),
      lights: inOrder(lights),
      busy: inOrder(busy),
      wanted: inOrder(wanted),
      bed: inOrder(bed),
    }),
  };
  return stage;
}

const inOrder = <Item extends { readonly from: number }>(some: readonly Item[]) =>
  some.toSorted((a, b) => a.from - b.from);

/** Animations from which on the walker stands beside the bed, and the blanket is over the body. */
const takesUp = new Set(['sits-down', 'lies-on-back', 'sits-up']);
const liesUnder = new Set(['lies-on-back', 'lies-on-side', 'turns', 'stirs']);
