/** Pure. A night staged in its home, without any picture drawn: the timeline and the lengths of its animations. */
import { animationsOf } from './animations.ts';
import { homeOf } from './home-of-night.ts';
import type { NightTimeline } from './night-timeline.ts';
import type { Night } from './script.ts';
import { type Household, stageNight } from './stage-night.ts';

export interface StagedNight {
  readonly timeline: NightTimeline;
  /** Pictures of an animation. */
  readonly lengths: (animation: string) => number;
}

export function staged(night: Night): StagedNight {
  const home = homeOf(night);
  const animations = animationsOf(home);
  const lengths = (name: string): number => {
    const animation = animations[name];
    if (!animation) throw new Error(`No animation is called ${name}.`);
    return animation.pictures;
  };
  const household: Household = {
    visitors: home.visitors.length,
    hasWalker: home.client.aid === 'walker',
    blanketStaysRumpled: home.blanket.staysRumpled,
  };
  return { timeline: stageNight(night, lengths, household), lengths };
}

/** Names of the animations that the night shows, each once. */
export const animationsShown = ({ cues }: NightTimeline): readonly string[] => [
  ...new Set(cues.flatMap(({ animation }) => animation ?? [])),
];
