/** Pure. Whether a newer console may be offered now: never to somebody who looks, or who has an alarm to see to. */
import type { DeskState } from './desk.ts';
import { untaken } from './needs.ts';
import { isSelf, type Self } from './self.ts';

/** @param path that is shown */
export function mayLoadNew(state: DeskState, self: Self, path: string): boolean {
  if (state.name === 'unknown' || /^\/(look|alarm)\//.test(path)) return false;
  if (untaken(state).length > 0) return false;
  const alarm = [...state.alarms.values()].some(
    ({ state: is, takenBy, takenById }) => is === 'taken' && isSelf(self, takenBy, takenById),
  );
  const look = [...state.looks.values()].some(
    ({ state: is, operator, operatorId }) =>
      (is === 'asked' || is === 'open' || is === 'awaiting-verdict') && isSelf(self, operator, operatorId),
  );
  return !alarm && !look;
}

/**
 * @param own build of this page; undefined: it was not built, and is never out of date
 * @param tried the build for which it has been loaded again already: somebody else serves this page, and it is not asked for once more
 */
export const isOutOfDate = (state: DeskState, own: string | undefined, tried?: string): boolean =>
  state.name === 'known' &&
  own !== undefined &&
  state.build !== undefined &&
  state.build !== own &&
  state.build !== tried;
