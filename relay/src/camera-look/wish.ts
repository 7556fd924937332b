/** Pure. The operator wishes to have the person shown another way, and the unit changes it or refuses. */
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { KnownLook, Shown } from '../record/look.ts';
import { type In, type Of, refuse, type Stepped } from './event.ts';

/** The unit is asked, and goes on showing as before until it has changed the mode. */
export function wished(look: KnownLook, { by, mode, at }: Of<'wished'>): Stepped {
  if (look.name !== 'open') return refuse(look, 'not-now', 'Only a look that is open can be shown another way.');
  if (look.opened.operator.id !== by.id)
    return refuse(look, 'not-allowed', `Only ${look.opened.operator.name} can have this look shown another way.`);
  if (look.shown.mode === mode) return [{ ...look, shown: withoutWish(look.shown) }, []];
  return [{ ...look, shown: { ...look.shown, wish: { mode, wishedAt: at } } }, [{ type: 'call' }]];
}

export function wishRefused(
  look: In<'open'>,
  { mode, why }: Extract<LookAnswer, { type: 'mode-refused' }>,
  at: Instant,
): In<'open'> {
  return { ...look, shown: { ...look.shown, wish: { mode, wishedAt: at, why } } };
}

/** The unit has changed the mode, which answers the wish. */
export function shownAs(shown: Shown, mode: Mode): Shown {
  const { first = shown.mode, ...rest } = withoutWish(shown);
  return mode === first ? { ...rest, mode } : { ...rest, mode, first };
}

export const withoutWish = ({ wish: _answered, ...shown }: Shown): Shown => shown;
