/** Pure. A check of a unit in words: what it is, how it is and why, what to do, and what was measured; its codes where a newer unit says them. */
import type { Check } from '@nattfrid/shared/domain/check';
import { known, spaced } from '../words/known.ts';
import type { Say } from '../words/say.ts';
import { number } from '../words/times.ts';

export interface CheckWords {
  readonly name: string;
  readonly state: string;
  readonly says: string;
  /** What to do; undefined: nothing. */
  readonly todo: string | undefined;
  readonly figures: readonly string[];
}

export function checkWords({ name, state, code, figures = {} }: Check, say: Say, language: 'sv' | 'en'): CheckWords {
  const words = (group: string, one: string) => {
    const key = known(group, one);
    return key && say(key);
  };
  const isWell = state === 'well';
  return {
    name: words('checkName', name) ?? spaced(name.replaceAll('-', ' ')),
    state: words('checkState', state) ?? state,
    says: words('checkSays', `${name}.${code}`) ?? code,
    todo: isWell ? undefined : words('checkDo', `${name}.${code}`),
    figures: Object.entries(figures).flatMap(([figure, value]) => {
      const key = known('checkFigure', figure);
      return key ? [say(key, { value: number(value, language) })] : [];
    }),
  };
}
