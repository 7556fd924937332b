/** Pure. Colleagues join an open look, and leave it. */
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { Joined, KnownLook } from '../record/look.ts';
import { type Of, refuse, type Stepped } from './event.ts';

/** The unit sends every picture once for each person who looks. */
const mostJoined = 3;

/** A colleague who joins again has another key, and replaces the earlier joining. */
export function joined(look: KnownLook, { by }: Of<'joined'>): Stepped {
  if (look.name !== 'open') return refuse(look, 'not-now', 'Only a look that is open can be joined.');
  if (look.opened.operator.id === by.id) return refuse(look, 'not-now', 'You have this look open already.');
  const others = colleagues(look).filter(({ id }) => id !== by.id);
  if (others.length >= mostJoined) return refuse(look, 'not-now', 'As many colleagues as may are in this look.');
  const { notJoined: _before, ...opened } = look.opened;
  return [{ ...look, opened: { ...opened, joined: [...others, by] } }, [{ type: 'admit', joined: by }]];
}

export function left(look: KnownLook, id: string): Stepped {
  const one = colleagues(look).find((colleague) => colleague.id === id);
  if (look.name !== 'open' || !one) return [look, []];
  const rest = colleagues(look).filter((colleague) => colleague !== one);
  return [{ ...look, opened: { ...look.opened, joined: rest } }, [{ type: 'dismiss', joined: one }]];
}

/** The unit has not let this colleague in: the look says so, and says why. */
export function colleagueRefused(look: KnownLook, answer: Extract<LookAnswer, { type: 'not-joined' }>): Stepped {
  const one = colleagues(look).find(({ alias }) => alias === answer.operator);
  if (!one) return [look, []];
  const [next, effects] = left(look, one.id);
  if (next.name !== 'open') return [next, effects];
  return [{ ...next, opened: { ...next.opened, notJoined: { name: one.name, why: answer.why } } }, effects];
}

const colleagues = (look: KnownLook): readonly Joined[] => ('opened' in look ? (look.opened?.joined ?? []) : []);
