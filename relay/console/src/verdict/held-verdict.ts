/**
 * Pure. A verdict on its way to the relay: asked about once more where something lacks, and where somebody will go there for it; then
 * held for some seconds in which it can be undone.
 */
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';

/** How long a verdict can be undone. */
export const heldFor = seconds(5);
/** A double click on a verdict must not answer the question that comes up under it. */
export const answerableAfter = milliseconds(600);

/** What the relay is told. */
export interface Said {
  readonly verdict: Verdict;
  /** The person was asked once more. */
  readonly confirmed: boolean;
}

/** All times are by the clock that never steps. */
export type HeldVerdict =
  | { readonly name: 'none' }
  /** «All well» rests on too little, or somebody will go there for what was pressed: it is asked about once more. */
  | { readonly name: 'confirming'; readonly verdict: Verdict; readonly since: Duration }
  | { readonly name: 'held'; readonly said: Said; readonly until: Duration };

export type HeldVerdictEvent =
  /** @param lacks something that «all well» needs */
  | { readonly type: 'given'; readonly verdict: Verdict; readonly lacks: boolean; readonly at: Duration }
  /** The relay knows of something that lacks, and wants it said once more. */
  | { readonly type: 'asked-again'; readonly at: Duration }
  | { readonly type: 'confirmed'; readonly at: Duration }
  | { readonly type: 'undone' }
  | { readonly type: 'tick'; readonly at: Duration }
  /** The person goes on to another look or page, or the window is hidden or closed. */
  | { readonly type: 'left' }
  /** Somebody else was first: there is nothing to judge any more. */
  | { readonly type: 'over' };

export interface HeldVerdictEffect {
  readonly type: 'tell-relay';
  readonly said: Said;
}

type Stepped = readonly [HeldVerdict, readonly HeldVerdictEffect[]];

const none: HeldVerdict = { name: 'none' };

export const heldVerdict: Machine<HeldVerdict, HeldVerdictEvent, HeldVerdictEffect> = {
  initial: none,
  step(state, event): Stepped {
    switch (event.type) {
      case 'given':
        return given(event);
      case 'asked-again':
        return [{ name: 'confirming', verdict: 'all-well', since: event.at }, []];
      case 'confirmed':
        if (state.name !== 'confirming' || event.at - state.since < answerableAfter) return [state, []];
        return confirmed(state.verdict, event.at);
      case 'undone':
      case 'over':
        return [none, []];
      case 'tick':
        return state.name === 'held' && event.at >= state.until ? tell(state.said) : [state, []];
      case 'left':
        return state.name === 'held' ? tell(state.said) : [none, []];
    }
  },
};

/** Only «all well» needs no second press: no slip of a finger beside it sends somebody to a home, or takes a look for missed. */
function given({ verdict, lacks, at }: Extract<HeldVerdictEvent, { type: 'given' }>): Stepped {
  if (verdict !== 'all-well' || lacks) return [{ name: 'confirming', verdict, since: at }, []];
  return [held({ verdict, confirmed: false }, at), []];
}

/** Whoever has called for help waits for nothing more. */
function confirmed(verdict: Verdict, at: Duration): Stepped {
  const said = { verdict, confirmed: verdict === 'all-well' };
  return verdict === 'help-needed' ? tell(said) : [held(said, at), []];
}

const held = (said: Said, at: Duration): HeldVerdict => ({
  name: 'held',
  said,
  until: milliseconds(at + heldFor),
});

const tell = (said: Said): Stepped => [none, [{ type: 'tell-relay', said }]];

/** Whole seconds in which it can still be undone, at least 1. */
export const secondsLeft = ({ until }: { readonly until: Duration }, now: Duration): number =>
  Math.max(1, Math.ceil((until - now) / 1000));
