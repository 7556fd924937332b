/** Pure. An answer about a look in words that a reader knows who is older than stops and pauses, and back again. */
import { HaltWord } from '../domain/look.ts';
import type { LookAnswer } from './look-call.ts';

/** As the unit sends it. */
export function withOldWord(answer: LookAnswer): LookAnswer {
  if (!('why' in answer)) return answer;
  const halt = HaltWord.safeParse(answer.why);
  if (!halt.success) return answer;
  switch (answer.type) {
    case 'ended':
      return { ...answer, why: 'plan-changed', halt: halt.data };
    case 'refused':
    case 'not-joined':
    case 'mode-refused':
      return { ...answer, why: 'no-plan', halt: halt.data };
    case 'no-picture':
      return answer;
  }
}

/** As the relay reads it. */
export function withOwnWord(answer: LookAnswer): LookAnswer {
  if (!('halt' in answer) || !answer.halt) return answer;
  const { halt, ...rest } = answer;
  return { ...rest, why: halt } as LookAnswer;
}
