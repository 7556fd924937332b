/** What a person does with the console of a colleague: confirms its figures, says that they do not agree, withdraws it. */
import type { ConsoleView } from '@nattfrid/shared/desk/console-view';
import { useAround } from '../around/around.tsx';
import { useAction, useAnswered, useFreshConsoles } from '../around/asking.ts';
import { call } from '../link/api.ts';

type Named = Pick<ConsoleView, 'operator' | 'console'>;

export function useConfirmConsole({ operator, console }: Named) {
  const { trust } = useAround();
  return useConsoleAct(async () => call('confirmConsole', {}, await trust.confirm({ operator, console })));
}

export const useDoubtConsole = ({ operator, console }: Named) =>
  useConsoleAct(() => call('doubtConsole', {}, { operator, console }));

export function useWithdrawConsole({ operator, console }: Named) {
  const { trust } = useAround();
  return useConsoleAct(async () => {
    const letter = await trust.withdraw({ operator, console });
    return call('withdrawConsole', {}, { operator, console, ...(letter && { letter }) });
  });
}

function useConsoleAct(act: () => Promise<ConsoleView>) {
  const answered = useAnswered();
  const anew = useFreshConsoles();
  return useAction(
    (_: undefined) => act(),
    (console) => {
      answered({ type: 'console', console });
      anew();
    },
  );
}
