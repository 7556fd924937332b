/** What a person can do with an alarm: take it, and close it with a verdict. */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { call } from '../link/api.ts';
import { useAction, useAnswered } from './asking.ts';

export function useTakeAlarm(then: () => void) {
  const answered = useAnswered();
  return useAction(
    ({ alarm, over }: { readonly alarm: AlarmId; readonly over?: true }) =>
      call('takeAlarm', { alarm }, { ...(over && { over }) }),
    (alarm) => {
      answered({ type: 'alarm', alarm });
      then();
    },
  );
}

export function useCloseAlarm(alarm: AlarmId) {
  const answered = useAnswered();
  return useAction(
    ({ verdict, confirmed }: { readonly verdict: Verdict; readonly confirmed: boolean }) =>
      call('closeAlarm', { alarm }, { verdict, ...(confirmed && { confirmed }) }, { keepalive: true }),
    (closed) => answered({ type: 'alarm', alarm: closed }),
  );
}
