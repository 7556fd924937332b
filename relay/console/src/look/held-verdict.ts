/** Pure. A verdict on its way to the relay: asked about once more where something lacks, then held for some seconds in which it can be undone. */
import type { Verdict } from '@nattfrid/shared/domain/look';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';

/** How long a verdict can be undone. */
export const heldFor = seconds(5);
/** A double click on «all well» must not answer the question that comes up under it. */
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
  /** «All well» rests on too little: it is asked about once more. */
  | { readonly name: 'confirming'; readonly since: Duration }
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
        return [{ name: 'confirming', since: event.at }, []];
      case 'confirmed':
        if (state.name !== 'confirming' || event.at - state.since < answerableAfter) return [state, []];
        return [held({ verdict: 'all-well', confirmed: true }, event.at), []];
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

/** Whoever calls for help waits for nothing. */
function given({ verdict, lacks, at }: Extract<HeldVerdictEvent, { type: 'given' }>): Stepped {
  const said = { verdict, confirmed: false };
  if (verdict === 'help-needed') return tell(said);
  if (verdict === 'all-well' && lacks) return [{ name: 'confirming', since: at }, []];
  return [held(said, at), []];
}

const held = (said: Said, at: Duration): HeldVerdict => ({
  name: 'held',
  said,
  until: milliseconds(at + heldFor),
});

const tell = (said: Said): Stepped => [none, [{ type: 'tell-relay', said }]];

/** Whole seconds in which it can still be undone, at least 1. */
export const secondsLeft = ({ until }: Extract<HeldVerdict, { name: 'held' }>, now: Duration): number =>
  Math.max(1, Math.ceil((until - now) / 1000));
