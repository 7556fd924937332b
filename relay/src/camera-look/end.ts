/** Pure. How the look on one camera ends: closed by its operator, failed, or settled by what has been done instead. */
import type { LookFault } from '@nattfrid/shared/desk/look-view';
import type { LookEnd } from '@nattfrid/shared/domain/look';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { KnownLook, Look, LookFacts } from '../record/look.ts';
import { type In, type LookEffect, type Of, refuse, type Stepped } from './event.ts';

/** A look that has shown something waits for a verdict; one that has shown nothing has failed. */
export function ended(look: In<'open'>, end: LookEnd, effects: readonly LookEffect[]): Stepped {
  const { facts, opened, shown } = look;
  if (shown.firstPictureAt !== undefined) return [{ name: 'awaiting-verdict', facts, opened, shown, end }, effects];
  const [next, more] = failed(look, 'no-picture');
  return [next, [...effects, ...more]];
}

/** Nothing has failed: one that has shown nothing yet is done, where it does not lead. */
export function seenElsewhere(look: In<'open'>, at: Instant): Stepped {
  const { facts, opened, shown } = look;
  if (facts.beside === undefined || shown.firstPictureAt !== undefined) return ended(look, 'seen-elsewhere', []);
  return [{ name: 'done', facts, opened, shown, doneAt: at, end: 'seen-elsewhere' }, []];
}

export function failed(look: In<'due' | 'asked' | 'open'>, fault: LookFault): Stepped {
  const { facts } = look;
  const noPicture = look.name === 'open' ? look.shown.noPicture : undefined;
  // Nobody answered in time: it is asked for anew, and stands on no list meanwhile.
  if (fault === 'missed' && facts.reason.type === 'test')
    return [{ name: 'done', facts, doneAt: facts.dueUntil, fault }, []];
  const next: Look = {
    name: 'failed',
    facts,
    fault,
    ...(look.name !== 'due' && { opened: look.opened }),
    ...(noPicture && { noPicture }),
  };
  return [next, facts.origin === 'plan' || facts.origin === 'alarm' ? visitOnce(facts) : []];
}

/** One visit is enough, however often the look is tried. */
export const visitOnce = (facts: LookFacts): readonly LookEffect[] =>
  facts.visit ? [] : [{ type: 'need-visit', why: 'technical-fault' }];

export const closing = (
  { opened: { operatorKey } }: In<'asked' | 'open'>,
  why: LookEnd,
): Extract<LookEffect, { type: 'close' }> => ({
  type: 'close',
  why,
  ...(operatorKey && { operatorKey }),
});

export function closed(look: KnownLook, event: Of<'closed'>): Stepped {
  switch (look.name) {
    case 'asked':
    case 'open':
      return closedLive(look, event);
    case 'refused':
    case 'failed':
      if (look.facts.visit)
        return refuse(look, 'not-now', 'This look has led to a visit, and is done when the visit is.');
      return settled(look, event.at);
    case 'due':
    case 'awaiting-verdict':
      return refuse(look, 'not-now', look.name === 'due' ? 'This look is not open.' : 'This look waits for a verdict.');
    case 'done':
      return [look, []];
  }
}

function closedLive(look: In<'asked' | 'open'>, { by, at, why = 'operator-closed' }: Of<'closed'>): Stepped {
  const { facts, opened } = look;
  if (opened.operator.id !== by.id)
    return refuse(look, 'not-allowed', `Only ${opened.operator.name} can close this look.`);
  const close = closing(look, why);
  // Pictures under another key than the known one cannot be trusted, so somebody must go there.
  if (why === 'key-changed') {
    const [next, effects] = failed(look, 'key-changed');
    return [next, [close, ...effects]];
  }
  if (look.name === 'open' && look.shown.firstPictureAt !== undefined) return ended(look, why, [close]);
  // Nothing has been seen: the look that was agreed is still to be made.
  if (facts.origin === 'plan' && !facts.visit) return [{ name: 'due', facts }, [close]];
  if (facts.visit) return [{ name: 'failed', facts, fault: 'no-picture', opened }, [close]];
  return [{ name: 'done', facts, opened, end: why, doneAt: at }, [close]];
}

export function settled(look: KnownLook, at: Instant): Stepped {
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

/**
 * Nothing is shown any more, and nothing waits for a verdict that cannot be given: a look that has shown something waits for one, any
 * other is over. Where nobody was seen before, a visit is made in the place of the second look.
 */
export function halted(look: KnownLook, { why, at }: Of<'halted'>): Stepped {
  switch (look.name) {
    case 'due': {
      const again: readonly LookEffect[] =
        look.facts.attempt > 1 && !look.facts.visit ? [{ type: 'need-visit', why: 'no-supervision' }] : [];
      return [{ name: 'done', facts: look.facts, doneAt: at, end: why }, again];
    }
    case 'asked':
      return [
        { name: 'done', facts: look.facts, opened: look.opened, doneAt: at, end: why },
        [closing(look, 'plan-changed')],
      ];
    case 'open': {
      const { facts, opened, shown } = look;
      const close = closing(look, 'plan-changed');
      if (shown.firstPictureAt !== undefined)
        return [{ name: 'awaiting-verdict', facts, opened, shown, end: why }, [close]];
      return [{ name: 'done', facts, opened, shown, doneAt: at, end: why }, [close]];
    }
    case 'awaiting-verdict':
    case 'refused':
    case 'failed':
    case 'done':
      return [look, []];
  }
}
