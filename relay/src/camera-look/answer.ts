/** Pure. What a unit's answer makes of the look on its camera. */
import type { Refusal } from '@nattfrid/shared/domain/look';
import { type Instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { KnownLook, LookFacts } from '../record/look.ts';
import { colleagueRefused } from './colleagues.ts';
import { ended, failed, seenElsewhere, visitOnce } from './end.ts';
import type { In, LookEffect, Of, Stepped } from './event.ts';
import { shownAs, wishRefused } from './wish.ts';

export function answered(look: KnownLook, { answer, at }: Of<'answered'>): Stepped {
  if (isOfEarlierOpening(look, answer)) return [look, []];
  switch (answer.type) {
    case 'opened':
      return look.name === 'asked' ? agreed(look, answer, at) : [look, []];
    case 'refused':
      return look.name === 'asked' ? refused(look, answer, at) : [look, []];
    case 'no-picture':
      return look.name === 'open' ? [{ ...look, shown: { ...look.shown, noPicture: answer.why } }, []] : [look, []];
    case 'picture': {
      if (look.name !== 'open') return [look, []];
      const { noPicture: _over, ...shown } = look.shown;
      return [{ ...look, shown }, []];
    }
    case 'client-seen':
      return look.name === 'open' ? [{ ...look, shown: { ...look.shown, clientSeenAt: at } }, []] : [look, []];
    case 'joined':
      return [look, []];
    case 'not-joined':
      return colleagueRefused(look, answer);
    case 'mode-changed':
      return look.name === 'open' ? [{ ...look, shown: shownAs(look.shown, answer.mode) }, []] : [look, []];
    case 'mode-refused':
      return look.name === 'open' ? [wishRefused(look, answer, at), []] : [look, []];
    case 'ended':
      if (look.name === 'open')
        return answer.why === 'seen-elsewhere' ? seenElsewhere(look, at) : ended(look, answer.why, []);
      return look.name === 'asked' ? failed(look, 'no-picture') : [look, []];
  }
}

/**
 * Each opening of a look has a console key of its own, and an answer about another key is about an earlier opening. Older units
 * name no key, and looks opened before an update have none: their answers are taken.
 */
function isOfEarlierOpening(look: KnownLook, answer: LookAnswer): boolean {
  const about = 'operatorKey' in answer ? answer.operatorKey : undefined;
  const now = 'opened' in look ? look.opened?.operatorKey : undefined;
  return about !== undefined && now !== undefined && about !== now;
}

function agreed(look: In<'asked'>, { mode, until }: AnswerOf<'opened'>, at: Of<'answered'>['at']): Stepped {
  const { facts, opened, firstPictureAt } = look;
  const yes = { mode, until: parseInstant(until), answeredAt: at };
  const shown = firstPictureAt === undefined ? yes : { ...yes, firstPictureAt };
  return [{ name: 'open', facts, opened, shown }, []];
}

function refused({ facts, opened }: In<'asked'>, { why }: AnswerOf<'refused'>, at: Instant): Stepped {
  const after = facts.origin === 'plan' ? afterRefusal(facts, why, at) : [];
  return [{ name: 'refused', facts, opened, refusal: why }, after];
}

/** Nobody has to go there because of a console: the time that was agreed is still to come, or is not over. */
const afterRefusal = (facts: LookFacts, why: Refusal, at: Instant): readonly LookEffect[] =>
  !facts.visit && at < facts.dueUntil && (why === 'key-changed' || why === 'console-unknown')
    ? [{ type: 'put-back', why }]
    : visitOnce(facts);

type AnswerOf<Type extends LookAnswer['type']> = Extract<LookAnswer, { type: Type }>;
