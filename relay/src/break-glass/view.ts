/** Pure. What a screen is shown of break-glass: whoever asks, whoever may grant it, and whoever looks at it afterwards. */
import type { BreakGlassToReview, BreakGlassView } from '@nattfrid/shared/desk/break-glass';
import { printInstant } from '@nattfrid/shared/time/instant';
import { untilOf } from '../record/break-glass.ts';
import type { KnownBreakGlass } from '../store/break-glass-table.ts';

export function breakGlassView(state: KnownBreakGlass, words: string | undefined): BreakGlassView {
  const { access, client, organisation, what, reason, asker, askedAt } = state.facts;
  const granted = state.name === 'asked' ? undefined : state.granted;
  const isOver = state.name === 'over';
  return {
    ...{ access, client, organisation, what, reason, state: state.name },
    ...(words && { words }),
    ...{ who: asker.name, whoId: asker.id, role: asker.role, askedAt: printInstant(askedAt) },
    until: printInstant(isOver ? state.endedAt : untilOf(state)),
    ...(granted && { grantedBy: granted.name, grantedById: granted.id }),
    ...(isOver && { endedAt: printInstant(state.endedAt), why: state.why }),
  };
}

export function breakGlassToReview(state: KnownBreakGlass, words: string | undefined): BreakGlassToReview {
  const uses = state.name === 'asked' ? [] : state.uses;
  const review = state.name === 'over' ? state.review : undefined;
  return {
    ...breakGlassView(state, words),
    alike: state.name === 'asked' ? [] : (state.granted?.alike ?? []),
    uses: uses.map(({ at, route, subject }) => ({ at: printInstant(at), route, subject })),
    ...(review && {
      reviewedBy: review.name,
      reviewedAt: printInstant(review.at),
      checked: review.checked,
      ...(review.words && { remark: review.words }),
    }),
  };
}
