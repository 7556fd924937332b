/** Pure. What becomes of the look on one camera: it ends in a person's verdict or a visit, never by itself. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import { isTakenOff, type KnownLook, type Look } from '../record/look.ts';
import { answered } from './answer.ts';
import { clockSet } from './clock-set.ts';
import { joined, left } from './colleagues.ts';
import { closed, closing, ended, failed, halted, settled } from './end.ts';
import { type In, type LookEffect, type LookEvent, type LookTimes, type Of, refuse, type Stepped } from './event.ts';
import { judged } from './verdict.ts';
import { wished, withoutWish } from './wish.ts';

/** The unit ends a look by its own clock; where nothing has been heard for this long after that, its link is lost. */
const grace = seconds(5);

export type LookMachine = Machine<Look, LookEvent, LookEffect>;

export function lookMachine(times: LookTimes): LookMachine {
  return {
    initial: { name: 'none' },
    step(look, event): Stepped {
      if (look.name !== 'none') return known(look, event, times);
      if (event.type === 'planned') return [{ name: 'due', facts: event.facts }, []];
      return refuse(look, 'not-found', 'There is no such look.');
    },
  };
}

function known(look: KnownLook, event: LookEvent, times: LookTimes): Stepped {
  switch (event.type) {
    case 'planned':
      return [look, []];
    case 'opened':
      return opened(look, event);
    case 'unreachable':
      return look.name === 'asked' ? failed(look, 'unit-unreachable') : [look, []];
    case 'untrusted':
      return untrusted(look, event);
    case 'answered':
      return answered(look, event);
    case 'joined':
      return joined(look, event);
    case 'left':
      return left(look, event.by.id);
    case 'wished':
      return wished(look, event);
    case 'wish-lost':
      return look.name === 'open' ? [{ ...look, shown: withoutWish(look.shown) }, []] : [look, []];
    case 'unit-gone':
      return unitGone(look);
    case 'first-picture':
      return pictured(look, event.at);
    case 'closed':
      return closed(look, event);
    case 'verdict':
      return judged(look, event);
    case 'settled':
      return settled(look, event.at);
    case 'visit-made':
      return [{ ...look, facts: { ...look.facts, visit: event.visit } }, []];
    case 'unplanned':
      return look.name === 'due'
        ? [{ name: 'done', facts: look.facts, doneAt: event.at, end: 'plan-changed' }, []]
        : [look, []];
    case 'halted':
      return halted(look, event);
    case 'agreed-again':
      return isTakenOff(look) && event.at < event.facts.dueUntil
        ? [{ name: 'due', facts: event.facts }, []]
        : [look, []];
    case 'clock-set':
      return [clockSet(look, event.by), []];
    case 'tick':
      return ticked(look, event.at, times);
  }
}

function opened(look: KnownLook, { by, operatorKey, at }: Of<'opened'>): Stepped {
  const { facts } = look;
  const asked = { name: 'asked', facts, opened: { operator: by, ...(operatorKey && { operatorKey }), at } } as const;
  switch (look.name) {
    case 'due':
      if (at < facts.dueFrom) return refuse(look, 'not-now', 'This look is not due yet.');
      return [asked, [{ type: 'call' }]];
    // Somebody tries again: what has failed once may work now. A visit that is needed stays needed.
    case 'refused':
    case 'failed':
      return [asked, [{ type: 'call' }]];
    case 'asked':
    case 'open':
      return refuse(look, 'not-now', `${look.opened.operator.name} has this look open.`);
    case 'awaiting-verdict':
      return refuse(look, 'not-now', `This look waits for ${look.opened.operator.name} to say what was seen.`);
    case 'done':
      return refuse(look, 'not-now', 'This look is done.');
  }
}

/** A look that could be opened fails instead; one that could not is refused for the same reasons. */
function untrusted(look: KnownLook, { by, at }: Of<'untrusted'>): Stepped {
  const [asked, effects] = opened(look, { type: 'opened', by, at });
  return asked.name === 'asked' && asked !== look ? failed(asked, 'key-changed') : [look, effects];
}

function unitGone(look: KnownLook): Stepped {
  // A picture has overtaken the unit's yes: the unit still says how the look ended, once it is back.
  if (look.name === 'asked' && look.firstPictureAt === undefined) return failed(look, 'unit-unreachable');
  return look.name === 'open' ? ended(look, 'link-lost', []) : [look, []];
}

/** A picture counts once it has been handed to the operator's console, whatever the unit says. */
function pictured(look: KnownLook, at: Instant): Stepped {
  if (look.name === 'asked') return [{ ...look, firstPictureAt: look.firstPictureAt ?? at }, []];
  if (look.name !== 'open' || look.shown.firstPictureAt !== undefined) return [look, []];
  const { noPicture: _over, ...shown } = look.shown;
  return [{ ...look, shown: { ...shown, firstPictureAt: at } }, []];
}

function ticked(look: KnownLook, at: Instant, times: LookTimes): Stepped {
  switch (look.name) {
    case 'due':
      return at >= look.facts.dueUntil ? failed(look, 'missed') : [look, []];
    case 'asked':
      return at - look.opened.at >= times.answerWithin ? unanswered(look) : [look, []];
    case 'open':
      return openFor(look, at, times);
    case 'awaiting-verdict':
    case 'refused':
    case 'failed':
    case 'done':
      return [look, []];
  }
}

/** The call may still be on its way: a look that it opened would show nobody anything, and stand in the way of the next. */
function unanswered(look: In<'asked'>): Stepped {
  const [next, effects] = failed(look, 'no-answer');
  return [next, [closing(look, 'time-up'), ...effects]];
}

function openFor(look: In<'open'>, at: Instant, times: LookTimes): Stepped {
  const { until, firstPictureAt, answeredAt, wish } = look.shown;
  if (at >= after(until, grace)) return ended(look, 'link-lost', [closing(look, 'time-up')]);
  if (firstPictureAt === undefined && at - answeredAt >= times.firstPictureWithin)
    return ended(look, 'time-up', [closing(look, 'time-up')]);
  // The unit has not answered the wish and goes on as before; the operator may wish again.
  if (wish && !wish.why && at - wish.wishedAt >= times.answerWithin)
    return [{ ...look, shown: withoutWish(look.shown) }, []];
  return [look, []];
}
