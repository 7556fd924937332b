/** What is asked of the relay about signing in, stepping up, and how everybody looks after their own. */

import type { Answered } from '@nattfrid/shared/desk/routes';
import type { SignInSettings } from '@nattfrid/shared/desk/sign-in-settings';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { makePasskey, showPasskey } from '../trust/passkey.ts';
import { useAction } from './asking.ts';
import { meKey, nowIs } from './known-me.ts';

const ownKey = ['own-sign-in'];
const settingsKey = ['sign-in-settings'];

type Signed = Answered<'signIn'>;

/** What lets somebody in: the desk comes up. */
function useComeIn<Input>(act: (input: Input) => Promise<Signed>, half?: (ticket: string) => void) {
  const queries = useQueryClient();
  return useAction(act, (signed) => {
    if ('ticket' in signed) half?.(signed.ticket);
    else nowIs(queries, () => signed);
  });
}

/** @param half told the ticket where a code of an authenticator app is next */
export const useSignIn = (half: (ticket: string) => void) =>
  useComeIn((asked: { readonly email: string; readonly password: string }) => call('signIn', {}, asked), half);

export const useSignInByCode = () =>
  useComeIn((asked: { readonly ticket: string; readonly code: string }) => call('signInByCode', {}, asked));

export const useSignInWithout = () => useComeIn((ticket: string) => call('signInWithout', {}, { ticket }));

export const useSignInByPasskey = () =>
  useComeIn(async (_: undefined) => {
    const passkey = await showPasskey(await call('askForPasskey', {}, {}));
    return call('signInByPasskey', {}, { passkey });
  });

/** @param isAsked whether it is needed now */
export const useOwnSignIn = (isAsked = true) =>
  useQuery({
    queryKey: ownKey,
    queryFn: ({ signal }) => call('ownSignIn', {}, {}, { signal }),
    enabled: isAsked,
    staleTime: 0,
  });

function useOwnAct<Input, Output>(act: (input: Input) => Promise<Output>, then?: (output: Output) => void) {
  const queries = useQueryClient();
  return useAction(act, (output) => {
    then?.(output);
    for (const queryKey of [ownKey, meKey]) void queries.invalidateQueries({ queryKey });
  });
}

export const useStepUpByCode = (then: () => void) =>
  useOwnAct((code: string) => call('stepUpByCode', {}, { code }), then);

export const useStepUpByPasskey = (then: () => void) =>
  useOwnAct(async (_: undefined) => {
    const passkey = await showPasskey(await call('askForOwnPasskey', {}, {}));
    return call('stepUpByPasskey', {}, { passkey });
  }, then);

export const useNewsRead = () => useOwnAct((_: undefined) => call('newsRead', {}, {}));

export const useChangePassword = (then: () => void) =>
  useOwnAct((asked: { readonly old: string; readonly password: string }) => call('changePassword', {}, asked), then);

/** Makes one on this device, or on a security key, and makes it known. */
export const useAddPasskey = (then: () => void) =>
  useOwnAct(async ({ name, password }: { readonly name: string; readonly password: string }) => {
    const passkey = await makePasskey(await call('makePasskey', {}, password === '' ? {} : { password }));
    return call('addPasskey', {}, { name, passkey });
  }, then);

export const useRemovePasskey = (passkey: string) =>
  useOwnAct((_: undefined) => call('removePasskey', { passkey }, {}));

export const useMakeCodes = (then: (made: Answered<'makeCodes'>) => void) =>
  useAction((password: string) => call('makeCodes', {}, password === '' ? {} : { password }), then);

/** @param then told the recovery codes, which are shown this once */
export const useAddCodes = (then: (recovery: readonly string[]) => void) =>
  useOwnAct(
    (asked: { readonly ticket: string; readonly code: string }) => call('addCodes', {}, asked),
    ({ recovery }) => then(recovery),
  );

/** @param then as `useAddCodes` */
export const useNewRecoveryCodes = (then: (recovery: readonly string[]) => void) =>
  useOwnAct(
    (_: undefined) => call('newRecoveryCodes', {}, {}),
    ({ recovery }) => then(recovery),
  );

export const useRemoveCodes = () => useOwnAct((_: undefined) => call('removeCodes', {}, {}));

export const useSignInSettings = () =>
  useQuery({
    queryKey: settingsKey,
    queryFn: ({ signal }) => call('signInSettings', {}, {}, { signal }),
    staleTime: 0,
  });

export function useSetSignIn(then?: () => void) {
  const queries = useQueryClient();
  return useAction(
    (asked: { readonly settings: SignInSettings; readonly secret?: string }) => call('setSignIn', {}, asked),
    () => {
      then?.();
      void queries.invalidateQueries({ queryKey: settingsKey });
    },
  );
}

/** After a sign-in at the provider in another window: whether this one is theirs now, and how sure. */
export const askWho = () => call('me', {}, {});

/** Everything that was refused for want of a surer session is asked for once more. */
export function useAskAgain(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ predicate: ({ state }) => state.status === 'error' });
}
