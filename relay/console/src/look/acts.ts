/** What a person can do with a look: end its picture, and give the verdict it ends in. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { call } from '../link/api.ts';
import { useAction, useAnswered } from '../state/asking.ts';

export function useVerdict(look: LookId) {
  const answered = useAnswered();
  return useAction(
    (verdict: Verdict) => call('giveVerdict', { look }, { verdict }),
    (judged: LookView) => answered({ type: 'look', look: judged }),
  );
}

export function useCloseLook(look: LookId) {
  const answered = useAnswered();
  return useAction(
    () => call('closeLook', { look }, {}),
    (closed: LookView) => answered({ type: 'look', look: closed }),
  );
}
