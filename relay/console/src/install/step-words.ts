/** Pure. What is said of a step: its cause and what to do about it, by the unit's own word where it has said one. */
import type { StepView } from '@nattfrid/shared/desk/work-order-view';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';

/** @returns undefined: there is nothing to say beside its state */
export function whyWords({ state, why, check }: StepView, say: Say): string | undefined {
  const own = why === undefined ? undefined : known('stepWhy', why);
  if (own) return say(own);
  if (why !== undefined) return say('stepWhy.other', { why });
  const said = check && known('checkSays', `${check.name}.${check.code}`);
  if (said) return say(said);
  if (check && state === 'fault') return say('stepWhy.other', { why: check.code });
  return undefined;
}

/** What to do about what the unit has found. */
export function doWords({ check }: StepView, say: Say): string | undefined {
  const key = check && check.state !== 'well' ? known('checkDo', `${check.name}.${check.code}`) : undefined;
  return key && say(key);
}

export function figureWords({ figures = {} }: StepView, say: Say): string | undefined {
  const { seconds, toldAfterSeconds } = figures;
  // What took no whole second took some of one.
  if (toldAfterSeconds !== undefined) return say('step.told', { count: Math.max(1, toldAfterSeconds) });
  return seconds === undefined ? undefined : say('step.seconds', { count: Math.max(1, seconds) });
}
