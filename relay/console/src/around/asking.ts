/** The only door to TanStack Query: requests to the relay besides the live stream, and actions with their faults. */

import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Me } from '@nattfrid/shared/desk/me';
import type { Role } from '@nattfrid/shared/desk/role';
import type { RoomView } from '@nattfrid/shared/desk/room-view';
import type { Answered, Asked, AuditAsked } from '@nattfrid/shared/desk/routes';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Room } from '@nattfrid/shared/domain/room';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { addressOf, call, isSignedOut } from '../link/api.ts';
import type { OwnAnswer } from '../state/desk.ts';
import { camerasOf } from '../viewing/together.ts';
import { useAround, useDeskState } from './around.tsx';
import { forgetMe, meKey, nowIs } from './known-me.ts';
import { surely } from './surely.ts';

export { QueryClientProvider };

export const openQueries = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, gcTime: 60_000 } } });

export function useMe() {
  return useQuery<Me | null>({
    queryKey: meKey,
    retry: (_, error) => !isSignedOut(error),
    retryDelay: 2000,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      try {
        return await call('me', {}, {}, { signal });
      } catch (error) {
        if (isSignedOut(error)) return null;
        throw error;
      }
    },
  });
}

/** What was asked for by whoever was here. */
export const forgetOthers = (queries: QueryClient): void =>
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });

export interface Action<Input> {
  readonly run: (input: Input) => void;
  /** As `run`; resolves when it is over, well or not. */
  readonly ran: (input: Input) => Promise<void>;
  readonly busy: boolean;
  readonly fault: Fault | undefined;
  readonly done: boolean;
}

/**
 * An action of the user, busy while it runs, with its fault if it fails; an ended session leads to the sign-in page, and where it needs
 * to be surer who asks, they show that and it goes on.
 *
 * @param anyway as `surely`
 */
export function useAction<Input, Output>(
  act: (input: Input) => Promise<Output>,
  then?: (output: Output) => void,
  anyway?: (input: Input) => Input,
): Action<Input> {
  const queries = useQueryClient();
  const { stepping } = useAround();
  const mutation = useMutation({
    mutationFn: (input: Input) => surely(stepping, act, input, anyway),
    onSuccess: (output) => then?.(output),
    onError: (error) => {
      if (isSignedOut(error)) nowIs(queries, (before) => (before ? null : before));
    },
  });
  return {
    run: mutation.mutate,
    ran: (input) =>
      mutation.mutateAsync(input).then(
        () => undefined,
        () => undefined,
      ),
    busy: mutation.isPending,
    fault: mutation.error ? asFault(mutation.error) : undefined,
    done: mutation.isSuccess,
  };
}

/** Puts an answer of the relay on the desk, which the live stream would do a moment later. */
export function useAnswered(): (answer: OwnAnswer) => void {
  const { desk } = useAround();
  return (answer) => desk.send({ type: 'answered', answer });
}

/** Opens a look, on all cameras of its home, and shows it on the desk. */
export function useOpenLook(then: (look: LookView) => void) {
  const { looker, desk } = useAround();
  const answered = useAnswered();
  return useAction(
    async (asked: Parameters<typeof looker.open>[0]) => {
      const known = desk.get();
      const cameras = known.name === 'known' ? camerasOf(known, asked.unit) : undefined;
      if (!cameras) throw new Fault('not-found', `The unit ${asked.unit} is not on the desk.`);
      return looker.open(asked, cameras);
    },
    (look) => {
      if (!look) return;
      answered({ type: 'look', look });
      then(look);
    },
    (asked) => ({ ...asked, anyway: true as const }),
  );
}

/** @param before what this browser has to forget while the session still stands @param then once nobody is signed in any more */
export function useSignOut(before: () => Promise<void>, then: () => void) {
  const queries = useQueryClient();
  const { leaving } = useAround();
  return useAction(
    async () => {
      // While the session still stands for what is said.
      await leaving.leave();
      await before();
      return call('signOut', {}, {});
    },
    () => {
      forgetOthers(queries);
      forgetMe(queries);
      then();
    },
  );
}

/** With its figures, which the live stream leaves out: asked for while somebody looks at its card. */
export const useWholeUnit = (unit: UnitId) =>
  useQuery({
    queryKey: ['unit', unit],
    queryFn: ({ signal }) => call('unit', { unit }, {}, { signal }),
    refetchInterval: 30_000,
    staleTime: 0,
  });

export const usePlan = (unit: UnitId) =>
  useQuery({ queryKey: ['plan', unit], queryFn: ({ signal }) => call('plan', { unit }, {}, { signal }) });

export function useSendPlan(unit: UnitId) {
  const queries = useQueryClient();
  return useAction(
    (letter: PlanLetter) => call('sendPlan', { unit }, letter),
    () => void queries.invalidateQueries({ queryKey: ['plan', unit] }),
  );
}

/** The room, asked for again when the unit has proposed or taken one; until the answer comes the former stays. */
export const useRoom = ({ unit, room }: UnitView) =>
  useQuery({
    queryKey: ['room', unit, room?.version, room?.inUse, room?.proposedAt, room?.waiting, room?.refused],
    queryFn: ({ signal }) => call('room', { unit }, {}, { signal }),
    placeholderData: keepPreviousData,
  });

export function useConfirmRoom(unit: UnitId, then: (view: RoomView) => void) {
  const { trust } = useAround();
  return useAction(async (room: Room) => {
    const console = await trust.proveRoom({ unit, room, turn: 'first' });
    return call('confirmRoom', { unit }, { room, ...(console && { console }) });
  }, then);
}

export function useSecondRoom(unit: UnitId, then: (view: RoomView) => void) {
  const { trust } = useAround();
  return useAction(async ({ version, room }: Pick<NonNullable<RoomView['waiting']>, 'version' | 'room'>) => {
    const console = await trust.proveRoom({ unit, room, turn: 'second' });
    return call('secondRoom', { unit }, { version, ...(console && { console }) });
  }, then);
}

/** All consoles; asked for again whenever one of them has changed. */
export function useConsoles() {
  const state = useDeskState();
  const told =
    state.name === 'known'
      ? [...state.consoles.values()].map((one) => `${one.state}${one.doubtedBy}${one.sharedMinutes}`)
      : [];
  return useQuery({
    queryKey: ['consoles', told.join()],
    queryFn: ({ signal }) => call('consoles', {}, {}, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useFreshConsoles(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['consoles'] });
}

/** @param asked each change is asked anew, and is a line of the log itself */
export const useAudit = (asked: AuditAsked) =>
  useQuery({
    queryKey: ['audit', asked],
    queryFn: ({ signal }) => call('audit', asked, {}, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Where the same lines are found as a file. */
export const auditFile = (asked: AuditAsked): string => addressOf('exportAudit', asked);

const peopleKey = ['people'];

export const usePeople = (enabled = true) =>
  useQuery({ queryKey: peopleKey, queryFn: ({ signal }) => call('people', {}, {}, { signal }), staleTime: 0, enabled });

/** What a coordinator does with a person or a session; the list is asked for anew. */
export function usePeopleAct(
  act: 'endSession' | 'endSessions' | 'setRole' | 'resetSecondFactor' | 'removePerson',
  params: Readonly<Record<string, string>>,
) {
  const queries = useQueryClient();
  return useAction(
    (asked: { readonly role?: Role }) => call(act, params as never, asked as never),
    () => void queries.invalidateQueries({ queryKey: peopleKey }),
  );
}

/** @param then told whose password it is, and the password, which is shown this once */
export function useAddPerson(then: (name: string, password: string) => void) {
  const queries = useQueryClient();
  return useAction(
    async (asked: Asked<'addPerson'>) => ({ ...(await call('addPerson', {}, asked)), name: asked.name }),
    ({ name, password }) => {
      then(name, password);
      void queries.invalidateQueries({ queryKey: peopleKey });
    },
  );
}

/** @param then told the password, which is shown this once */
export function useNewPassword(person: string, then: (password: string) => void) {
  const queries = useQueryClient();
  return useAction(
    () => call('newPassword', { person }, {}),
    ({ password }) => {
      then(password);
      void queries.invalidateQueries({ queryKey: peopleKey });
    },
  );
}

const tokensKey = ['tokens'];

/** Since when each unit has its token; for coordinators. */
export const useTokens = () =>
  useQuery({ queryKey: tokensKey, queryFn: ({ signal }) => call('tokens', {}, {}, { signal }) });

/** What makes a token: the list of them is asked for anew. */
function useMakeToken<Input, Output>(act: (input: Input) => Promise<Output>, then: (output: Output) => void) {
  const queries = useQueryClient();
  return useAction(act, (made) => {
    then(made);
    void queries.invalidateQueries({ queryKey: tokensKey });
  });
}

/** @param then told the token, which is shown this once */
export const useNewToken = (unit: UnitId, then: (token: string) => void) =>
  useMakeToken(
    () => call('newToken', { unit }, {}),
    ({ token }) => then(token),
  );

export const useAddUnit = (then: (unit: string, token: string) => void) =>
  useMakeToken(
    async (asked: Asked<'addUnit'>) => ({ ...(await call('addUnit', {}, asked)), unit: asked.unit }),
    ({ unit, token }) => then(unit, token),
  );

export const useReplaceUnit = (unit: UnitId, then: (made: Answered<'replaceUnit'>) => void) =>
  useMakeToken((asked: Asked<'replaceUnit'>) => call('replaceUnit', { unit }, asked), then);

/** The desk without it comes over the live stream. */
export const useRemoveUnit = (unit: UnitId) => useAction(() => call('removeUnit', { unit }, {}));
