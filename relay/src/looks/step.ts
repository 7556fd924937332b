/** Pure. What becomes of a look: it ends in a person's verdict or a visit, never by itself. */
import type { LookFault } from '@nattfrid/shared/desk/look-view';
import type { LookId, VisitId } from '@nattfrid/shared/domain/ids';
import type { LookEnd, Refusal, Verdict } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { Joined, KnownLook, Look, LookFacts, Operator, Shown } from '../record/look.ts';
import type { WhyVisit } from '../record/visit.ts';

export type LookEvent =
  | { readonly type: 'planned'; readonly facts: LookFacts }
  | { readonly type: 'opened'; readonly by: Operator; readonly operatorKey?: string; readonly at: Instant }
  | { readonly type: 'unreachable'; readonly at: Instant }
  /** The console of whoever would have opened it knows another key of this unit: it is not asked. */
  | { readonly type: 'untrusted'; readonly by: Operator; readonly at: Instant }
  | { readonly type: 'answered'; readonly answer: LookAnswer; readonly at: Instant }
  | { readonly type: 'joined'; readonly by: Joined }
  | { readonly type: 'left'; readonly by: Operator }
  /** Whoever opened it would rather have the person shown like this. */
  | { readonly type: 'wished'; readonly by: Operator; readonly mode: Mode; readonly at: Instant }
  /** The unit has lost its link, or its life: it has shut its gate by now, or will not open it again. */
  | { readonly type: 'unit-gone' }
  /** The unit could not be asked. */
  | { readonly type: 'wish-lost' }
  | { readonly type: 'first-picture'; readonly at: Instant }
  | {
      readonly type: 'closed';
      readonly by: Operator;
      readonly at: Instant;
      readonly why?: 'operator-closed' | 'key-changed';
    }
  /** `retry`: a fresh name, used if this leads to another look. */
  | {
      readonly type: 'verdict';
      readonly verdict: Verdict;
      readonly by: Operator;
      readonly at: Instant;
      readonly retry: LookId;
    }
  /** The visit that it led to has been made, or the alarm that it was for has been closed. */
  | { readonly type: 'settled'; readonly at: Instant }
  | { readonly type: 'visit-made'; readonly visit: VisitId }
  /** Of the looks opened together this one leads from now on: it owes what the one before it owed. */
  | { readonly type: 'takes-over'; readonly from: LookFacts }
  | { readonly type: 'stands-beside'; readonly lead: LookId }
  /** A newer plan does not know it. */
  | { readonly type: 'unplanned'; readonly at: Instant }
  | { readonly type: 'tick'; readonly at: Instant };

export type LookEffect =
  | { readonly type: 'call' }
  /** For the time that it was opened with this key: one that comes late does not close the next. */
  | { readonly type: 'close'; readonly why: LookEnd; readonly operatorKey?: string }
  /** Pictures may pass to this colleague, and the unit is asked; or no longer, and it is told. */
  | { readonly type: 'admit'; readonly joined: Joined }
  | { readonly type: 'dismiss'; readonly joined: Joined }
  | { readonly type: 'need-visit'; readonly why: WhyVisit }
  | { readonly type: 'retry'; readonly facts: LookFacts }
  | { readonly type: 'alarm-verdict'; readonly verdict: Verdict; readonly by: Operator }
  | { readonly type: 'refuse'; readonly fault: Fault };

type Stepped = readonly [Look, readonly LookEffect[]];
type In<Name extends Look['name']> = Extract<Look, { name: Name }>;
type Of<Type extends LookEvent['type']> = Extract<LookEvent, { type: Type }>;

export interface LookTimes {
  readonly answerWithin: Duration;
  readonly firstPictureWithin: Duration;
}

/** The unit ends a look by its own clock; one that has not said so by now has lost its link. */
const grace = seconds(5);
/** The unit sends the pictures once for each who looks. */
const mostJoined = 3;
/** A retry is put so that this much of the window is left for it. */
const leftForRetry = minutes(2);

export function lookMachine(times: LookTimes): Machine<Look, LookEvent, LookEffect> {
  return {
    initial: { name: 'none' },
    step(look, event): Stepped {
      if (look.name === 'none')
        return event.type === 'planned'
          ? [{ name: 'due', facts: event.facts }, []]
          : refuse(look, 'not-found', 'There is no such look.');
      switch (event.type) {
        case 'planned':
          return [look, []];
        case 'opened':
          return opened(look, event);
        case 'unreachable':
          return look.name === 'asked' ? failed(look, 'unit-unreachable') : [look, []];
        case 'unit-gone':
          // One that has shown something before its yes was taken is answered for when the unit is back.
          if (look.name === 'asked' && look.firstPictureAt === undefined) return failed(look, 'unit-unreachable');
          return look.name === 'open' ? ended(look, 'link-lost', []) : [look, []];
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
        case 'takes-over':
          return [{ ...look, facts: leading(look.facts, event.from) }, []];
        case 'stands-beside':
          return [{ ...look, facts: following(look.facts, event.lead) }, []];
        case 'unplanned':
          return look.name === 'due'
            ? [{ name: 'done', facts: look.facts, doneAt: event.at, end: 'plan-changed' }, []]
            : [look, []];
        case 'tick':
          return ticked(look, event.at, times);
      }
    },
  };
}

function opened(look: KnownLook, { by, operatorKey, at }: Of<'opened'>): Stepped {
  const asked = {
    name: 'asked',
    facts: look.facts,
    opened: { operator: by, ...(operatorKey && { operatorKey }), at },
  } as const;
  switch (look.name) {
    case 'due':
      if (at < look.facts.dueFrom) return refuse(look, 'not-now', 'This look is not due yet.');
      return [asked, [{ type: 'call' }]];
    // Somebody tries again: what has failed once may work now. The visit that is needed stays needed.
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

/** Where it could be opened it has failed instead; where it could not, for the same reasons. */
function untrusted(look: KnownLook, { by, at }: Of<'untrusted'>): Stepped {
  const [asked, effects] = opened(look, { type: 'opened', by, at });
  return asked.name === 'asked' && asked !== look ? failed(asked, 'key-changed') : [look, effects];
}

function answered(look: KnownLook, { answer, at }: Of<'answered'>): Stepped {
  if (isOfBefore(look, answer)) return [look, []];
  switch (answer.type) {
    case 'opened': {
      if (look.name !== 'asked') return [look, []];
      const { firstPictureAt } = look;
      const agreed = { mode: answer.mode, until: parseInstant(answer.until), answeredAt: at };
      const shown = firstPictureAt === undefined ? agreed : { ...agreed, firstPictureAt };
      return [{ name: 'open', facts: look.facts, opened: look.opened, shown }, []];
    }
    case 'refused': {
      if (look.name !== 'asked') return [look, []];
      const { facts } = look;
      return [
        { name: 'refused', facts, opened: look.opened, refusal: answer.why },
        facts.origin === 'plan' ? visitOnce(facts) : [],
      ];
    }
    case 'no-picture':
      return look.name === 'open' ? [{ ...look, shown: { ...look.shown, noPicture: answer.why } }, []] : [look, []];
    case 'picture': {
      if (look.name !== 'open') return [look, []];
      const { noPicture: _over, ...shown } = look.shown;
      return [{ ...look, shown }, []];
    }
    case 'joined':
      return [look, []];
    case 'not-joined': {
      const one = colleagues(look).find(({ alias }) => alias === answer.operator);
      return one ? notJoined(look, one, answer.why) : [look, []];
    }
    case 'mode-changed':
      return look.name === 'open' ? [{ ...look, shown: shownAs(look.shown, answer.mode) }, []] : [look, []];
    case 'mode-refused':
      return look.name === 'open'
        ? [{ ...look, shown: { ...look.shown, wish: { mode: answer.mode, wishedAt: at, why: answer.why } } }, []]
        : [look, []];
    case 'ended':
      if (look.name === 'open') return ended(look, answer.why, []);
      return look.name === 'asked' ? failed(look, 'no-picture') : [look, []];
  }
}

/** It was opened before, with another key: that time is over. Older units, and looks from before an update, name none: theirs are taken. */
function isOfBefore(look: KnownLook, answer: LookAnswer): boolean {
  const about = 'operatorKey' in answer ? answer.operatorKey : undefined;
  const now = 'opened' in look ? look.opened?.operatorKey : undefined;
  return about !== undefined && now !== undefined && about !== now;
}

/** Only what is being shown can be joined; who does so again has another key. */
function joined(look: KnownLook, { by }: Of<'joined'>): Stepped {
  if (look.name !== 'open') return refuse(look, 'not-now', 'Only a look that is open can be joined.');
  if (look.opened.operator.id === by.id) return refuse(look, 'not-now', 'You have this look open already.');
  const others = colleagues(look).filter(({ id }) => id !== by.id);
  if (others.length >= mostJoined) return refuse(look, 'not-now', 'As many colleagues as may are in this look.');
  const { notJoined: _before, ...opened } = look.opened;
  return [{ ...look, opened: { ...opened, joined: [...others, by] } }, [{ type: 'admit', joined: by }]];
}

function notJoined(look: KnownLook, one: Joined, why: Refusal): Stepped {
  const [next, effects] = left(look, one.id);
  if (next.name !== 'open') return [next, effects];
  return [{ ...next, opened: { ...next.opened, notJoined: { name: one.name, why } } }, effects];
}

function left(look: KnownLook, id: string): Stepped {
  const one = colleagues(look).find((colleague) => colleague.id === id);
  if (look.name !== 'open' || !one) return [look, []];
  const rest = colleagues(look).filter((colleague) => colleague !== one);
  return [{ ...look, opened: { ...look.opened, joined: rest } }, [{ type: 'dismiss', joined: one }]];
}

/** The unit is asked, and goes on showing as before until it has changed it. */
function wished(look: KnownLook, { by, mode, at }: Of<'wished'>): Stepped {
  if (look.name !== 'open') return refuse(look, 'not-now', 'Only a look that is open can be shown another way.');
  if (look.opened.operator.id !== by.id)
    return refuse(look, 'not-allowed', `Only ${look.opened.operator.name} can have this look shown another way.`);
  if (look.shown.mode === mode) return [{ ...look, shown: withoutWish(look.shown) }, []];
  return [{ ...look, shown: { ...look.shown, wish: { mode, wishedAt: at } } }, [{ type: 'call' }]];
}

function shownAs(shown: Shown, mode: Mode): Shown {
  const { first = shown.mode, ...rest } = withoutWish(shown);
  return mode === first ? { ...rest, mode } : { ...rest, mode, first };
}

const withoutWish = ({ wish: _answered, ...shown }: Shown): Shown => shown;

const colleagues = (look: KnownLook): readonly Joined[] => ('opened' in look ? (look.opened?.joined ?? []) : []);

/** It counts when it has been handed to the operator's console, whatever the unit says. */
function pictured(look: KnownLook, at: Instant): Stepped {
  if (look.name === 'asked') return [{ ...look, firstPictureAt: look.firstPictureAt ?? at }, []];
  if (look.name !== 'open' || look.shown.firstPictureAt !== undefined) return [look, []];
  const { noPicture: _over, ...shown } = look.shown;
  return [{ ...look, shown: { ...shown, firstPictureAt: at } }, []];
}

/** A look that has shown something waits for a verdict; one that has shown nothing has failed. */
function ended(look: In<'open'>, end: LookEnd, effects: readonly LookEffect[]): Stepped {
  const { facts, opened, shown } = look;
  if (shown.firstPictureAt !== undefined) return [{ name: 'awaiting-verdict', facts, opened, shown, end }, effects];
  const [next, more] = failed(look, 'no-picture');
  return [next, [...effects, ...more]];
}

function failed(look: In<'due' | 'asked' | 'open'>, fault: LookFault): Stepped {
  const { facts } = look;
  const noPicture = look.name === 'open' ? look.shown.noPicture : undefined;
  const next: Look = {
    name: 'failed',
    facts,
    fault,
    ...(look.name !== 'due' && { opened: look.opened }),
    ...(noPicture && { noPicture }),
  };
  return [next, facts.origin === 'plan' || facts.origin === 'alarm' ? visitOnce(facts) : []];
}

/** The call may be on its way still: what it opens, nobody would see, and it would stand in the way of the next. */
function unanswered(look: In<'asked'>): Stepped {
  const [next, effects] = failed(look, 'no-answer');
  return [next, [closing(look, 'time-up'), ...effects]];
}

const closing = ({ opened: { operatorKey } }: In<'asked' | 'open'>, why: LookEnd): LookEffect => ({
  type: 'close',
  why,
  ...(operatorKey && { operatorKey }),
});

const visitOnce = (facts: LookFacts): readonly LookEffect[] =>
  facts.visit ? [] : [{ type: 'need-visit', why: 'technical-fault' }];

function closed(look: KnownLook, { by, at, why = 'operator-closed' }: Of<'closed'>): Stepped {
  switch (look.name) {
    case 'asked':
    case 'open': {
      if (look.opened.operator.id !== by.id)
        return refuse(look, 'not-allowed', `Only ${look.opened.operator.name} can close this look.`);
      const close = closing(look, why);
      // Whatever was handed to the console: it cannot be trusted, and somebody must go there.
      if (why === 'key-changed') {
        const [next, effects] = failed(look, 'key-changed');
        return [next, [close, ...effects]];
      }
      if (look.name === 'open' && look.shown.firstPictureAt !== undefined) return ended(look, why, [close]);
      // Nothing has been seen: what was agreed is still to be done.
      if (look.facts.origin === 'plan' && !look.facts.visit) return [{ name: 'due', facts: look.facts }, [close]];
      if (look.facts.visit)
        return [{ name: 'failed', facts: look.facts, fault: 'no-picture', opened: look.opened }, [close]];
      return [{ name: 'done', facts: look.facts, opened: look.opened, end: why, doneAt: at }, [close]];
    }
    case 'refused':
    case 'failed':
      if (look.facts.visit)
        return refuse(look, 'not-now', 'This look has led to a visit, and is done when the visit is.');
      return settled(look, at);
    case 'due':
    case 'awaiting-verdict':
      return refuse(look, 'not-now', look.name === 'due' ? 'This look is not open.' : 'This look waits for a verdict.');
    case 'done':
      return [look, []];
  }
}

function judged(look: KnownLook, { verdict, by, at, retry }: Of<'verdict'>): Stepped {
  if (look.name !== 'open' && look.name !== 'awaiting-verdict')
    return refuse(
      look,
      'not-now',
      look.name === 'done' ? 'This look has its verdict.' : 'A verdict needs a look that has been opened.',
    );
  const { facts, opened, shown } = look;
  if (verdict !== 'help-needed' && shown.firstPictureAt === undefined)
    return refuse(look, 'not-now', 'No picture has been shown yet: nobody can say what was seen.');
  if (verdict === 'all-well' && opened.operator.id !== by.id)
    return refuse(
      look,
      'not-allowed',
      `Only ${opened.operator.name}, who has seen the pictures, can say that all is well.`,
    );
  const end = look.name === 'open' ? 'operator-closed' : look.end;
  const close: readonly LookEffect[] = look.name === 'open' ? [closing(look, 'operator-closed')] : [];
  const done: In<'done'> = { name: 'done', facts, opened, shown, end, doneAt: at, verdict: { verdict, by: by.name } };
  if (facts.reason.type === 'alarm') return [done, [...close, { type: 'alarm-verdict', verdict, by }]];
  switch (verdict) {
    case 'all-well':
      return [done, close];
    case 'help-needed':
      return [done, [...close, { type: 'need-visit', why: 'help-needed' }]];
    case 'not-seen': {
      const next = retryOf(facts, at, retry);
      if (!next) return [done, [...close, { type: 'need-visit', why: 'not-seen-twice' }]];
      return [{ ...done, retry: next.look }, [...close, { type: 'retry', facts: next }]];
    }
  }
}

/** Once more, within the agreed time; none where this was the second time, or where the window has no room for it. */
function retryOf(facts: LookFacts, at: Instant, look: LookId): LookFacts | undefined {
  if (facts.attempt > 1) return undefined;
  const dueFrom = instant(Math.min(after(at, facts.retryAfter), facts.closes - leftForRetry));
  if (dueFrom <= at) return undefined;
  const { visit: _other, tookOverFrom: _before, ...rest } = facts;
  return { ...rest, look, origin: 'plan', attempt: facts.attempt + 1, dueFrom, dueUntil: facts.closes };
}

function settled(look: KnownLook, at: Instant): Stepped {
  switch (look.name) {
    case 'refused':
    case 'failed':
    case 'awaiting-verdict':
      return [{ ...look, name: 'done', doneAt: at }, []];
    case 'asked':
    case 'open':
      return [{ ...look, name: 'done', doneAt: at, end: 'operator-closed' }, [closing(look, 'operator-closed')]];
    case 'due':
    case 'done':
      return [look, []];
  }
}

function ticked(look: KnownLook, at: Instant, times: LookTimes): Stepped {
  switch (look.name) {
    case 'due':
      return at >= look.facts.dueUntil ? failed(look, 'missed') : [look, []];
    case 'asked':
      return at - look.opened.at >= times.answerWithin ? unanswered(look) : [look, []];
    case 'open': {
      if (at >= after(look.shown.until, grace)) return ended(look, 'link-lost', [closing(look, 'time-up')]);
      if (look.shown.firstPictureAt === undefined && at - look.shown.answeredAt >= times.firstPictureWithin)
        return ended(look, 'time-up', [closing(look, 'time-up')]);
      const { wish } = look.shown;
      // It goes on as before; whoever wished may wish again.
      if (wish && !wish.why && at - wish.wishedAt >= times.answerWithin)
        return [{ ...look, shown: withoutWish(look.shown) }, []];
      return [look, []];
    }
    case 'awaiting-verdict':
    case 'refused':
    case 'failed':
    case 'done':
      return [look, []];
  }
}

function leading({ beside: _lead, ...own }: LookFacts, from: LookFacts): LookFacts {
  const { origin, attempt, dueFrom, dueUntil, closes, retryAfter, visit, look } = from;
  const owed = { origin, attempt, dueFrom, dueUntil, closes, retryAfter, ...(visit && { visit }) };
  return { ...own, ...owed, tookOverFrom: from.tookOverFrom ?? look };
}

function following({ visit: _owed, tookOverFrom: _before, ...own }: LookFacts, lead: LookId): LookFacts {
  return { ...own, origin: 'beside', beside: lead };
}

const refuse = (look: Look, code: 'not-found' | 'not-now' | 'not-allowed', words: string): Stepped => [
  look,
  [{ type: 'refuse', fault: new Fault(code, words) }],
];
