/** This browser as a console of whoever is signed in: told to the relay after each sign-in, and what the relay says of it. */
import { type ConsoleView, waits } from '@nattfrid/shared/desk/console-view';
import { may } from '@nattfrid/shared/desk/permissions';
import { useEffect, useState } from 'react';
import { useAround, useDeskState, useSelf } from '../around/around.tsx';
import { useAction, useAnswered } from '../around/asking.ts';
import { call } from '../link/api.ts';
import { systemOf } from '../people/device.ts';
import { isSelf } from '../state/self.ts';

/** What the relay knows of this console; undefined: nothing yet, or it is older than that. */
export function useOwnConsole(): ConsoleView | undefined {
  const { trust } = useAround();
  const self = useSelf();
  const state = useDeskState();
  const [key, setKey] = useState<string>();
  useEffect(() => {
    void trust.self().then((own) => setKey(own?.key));
  }, [trust]);
  if (state.name === 'unknown') return undefined;
  return [...state.consoles.values()].find((one) => one.console === key && isSelf(self, one.who));
}

/** Whether the municipality has vouched for this console. */
export function useVouched(): boolean {
  const { trust } = useAround();
  const [vouched, setVouched] = useState(false);
  useEffect(() => {
    void trust.self().then((own) => setVouched(own?.vouched === true));
  }, [trust]);
  return vouched;
}

/** Tells the relay of this console whenever the link has come up, and keeps a colleague's word for the looks from here. */
export function useRegistered(): void {
  const { trust } = useAround();
  const { email, role } = useSelf();
  const mayHave = may(role, 'have-console');
  const state = useDeskState();
  const answered = useAnswered();
  const up = state.name === 'known' && state.link.name === 'up';
  const own = useOwnConsole();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that the link comes up
  useEffect(() => {
    if (!up || !mayHave) return;
    const register = async () => {
      const said = await trust.possession(email);
      if (said) answered({ type: 'console', console: await call('registerConsole', {}, { ...said, label: device() }) });
    };
    // An older relay knows nothing of consoles; looks go on as before.
    void register().catch(() => undefined);
  }, [up, mayHave, email, trust]);
  const confirmation = own?.confirmation;
  useEffect(() => trust.takeConfirmation(confirmation), [trust, confirmation]);
}

/** Asks for a colleague's word for this console, which a unit has refused although the relay knows it. */
export function useAskForWord() {
  const { trust } = useAround();
  const { email } = useSelf();
  const answered = useAnswered();
  return useAction(
    async (_: undefined) => {
      const said = await trust.possession(email);
      return said && call('registerConsole', {}, { ...said, label: device(), ask: true });
    },
    (console) => console && answered({ type: 'console', console }),
  );
}

/** Whether it may vouch for others: relay and units ask the same. */
export const mayConfirm = (own: ConsoleView | undefined): boolean =>
  own !== undefined && own.state !== 'unconfirmed' && own.state !== 'withdrawn';

export const waitsForWord = (own: ConsoleView | undefined): own is ConsoleView => own !== undefined && waits(own);

/** For a list in which several devices are to be told apart. */
const device = (): string => systemOf(navigator.userAgent) ?? '?';
