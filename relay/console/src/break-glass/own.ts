/** Pure. Which of what is asked for and open is one's own, and which waits for one's answer. */
import type { BreakGlassView, BreakGlassWhat } from '@nattfrid/shared/desk/break-glass';
import { may } from '@nattfrid/shared/desk/permissions';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Known } from '../state/desk.ts';
import { isSelf, type Self } from '../state/self.ts';

const all = ({ breakGlass }: Pick<Known, 'breakGlass'>): readonly BreakGlassView[] =>
  [...breakGlass.values()].sort((a, b) => a.askedAt.localeCompare(b.askedAt));

export const ownOf = (desk: Pick<Known, 'breakGlass'>, self: Self): readonly BreakGlassView[] =>
  all(desk).filter(({ who, whoId }) => isSelf(self, who, whoId));

/** Of others: those that wait for an answer, or are open. */
export const ofOthers = (
  desk: Pick<Known, 'breakGlass'>,
  self: Self,
  state: 'asked' | 'open',
): readonly BreakGlassView[] =>
  may(self.role, 'grant-break-glass')
    ? all(desk).filter((one) => one.state === state && !isSelf(self, one.who, one.whoId))
    : [];

/** Whether two people have opened this for whoever is signed in. */
export const isOpened = (
  desk: Pick<Known, 'breakGlass'>,
  self: Self,
  what: BreakGlassWhat,
  client: ClientAlias,
): boolean => ownOf(desk, self).some((one) => one.state === 'open' && one.what === what && one.client === client);
