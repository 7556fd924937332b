/** Pure. A person judges what was seen: the look is done, and leads to nothing, to a retry, or to a visit. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import type { KnownLook, LookFacts } from '../record/look.ts';
import { closing } from './end.ts';
import { type In, type LookEffect, type Of, type Refuse, refusal, type Stepped } from './event.ts';

/** A retry is due early enough to have this much of the window left. */
const leftForRetry = minutes(2);

export function judged(look: KnownLook, event: Of<'verdict'>): Stepped {
  if (look.name !== 'open' && look.name !== 'awaiting-verdict')
    return [
      look,
      [
        refusal(
          'not-now',
          look.name === 'done' ? 'This look has its verdict.' : 'A verdict needs a look that has been opened.',
        ),
      ],
    ];
  const refused = mayNotJudge(look, event);
  if (refused) return [look, [refused]];
  const { verdict, by, at, retry } = event;
  const { facts, opened, shown } = look;
  const end = look.name === 'open' ? 'operator-closed' : look.end;
  const close: readonly LookEffect[] = look.name === 'open' ? [closing(look, 'operator-closed')] : [];
  const done: In<'done'> = { name: 'done', facts, opened, shown, end, doneAt: at, verdict: { verdict, by: by.name } };
  if (facts.reason.type === 'alarm') return [done, [...close, { type: 'alarm-verdict', verdict, by }]];
  // Of a unit that is being set up: whoever stands there hears how it was.
  if (facts.reason.type === 'test') return [done, close];
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

/** Help may be called for by anybody at any time; anything else only by what has been seen. */
function mayNotJudge(
  { opened, shown }: In<'open' | 'awaiting-verdict'>,
  { verdict, by }: Of<'verdict'>,
): Refuse | undefined {
  if (verdict !== 'help-needed' && shown.firstPictureAt === undefined)
    return refusal('not-now', 'No picture has been shown yet: nobody can say what was seen.');
  if (verdict === 'all-well' && opened.operator.id !== by.id)
    return refusal('not-allowed', `Only ${opened.operator.name}, who has seen the pictures, can say that all is well.`);
  return undefined;
}

/** @returns undefined where this was the second attempt, or where the window has no time left for another */
function retryOf(facts: LookFacts, at: Instant, look: LookId): LookFacts | undefined {
  if (facts.attempt > 1) return undefined;
  const dueFrom = instant(Math.min(after(at, facts.retryAfter), facts.closes - leftForRetry));
  if (dueFrom <= at) return undefined;
  const { visit: _other, tookOverFrom: _before, ...rest } = facts;
  return { ...rest, look, origin: 'plan', attempt: facts.attempt + 1, dueFrom, dueUntil: facts.closes };
}
