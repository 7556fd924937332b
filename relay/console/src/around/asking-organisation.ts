/** What is asked of the relay about organisations: the agreements between them, and where else one can sign in. */
import type { NewAgreement } from '@nattfrid/shared/desk/agreement';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useAction } from './asking.ts';

const agreementsKey = ['agreements'];

/** Providers of organisations; an older relay has none. */
export const useSignInWays = () =>
  useQuery({ queryKey: ['sign-in-ways'], queryFn: ({ signal }) => call('signInWays', {}, {}, { signal }) });

export const useOrganisations = () =>
  useQuery({ queryKey: ['organisations'], queryFn: ({ signal }) => call('organisations', {}, {}, { signal }) });

export const useAgreements = () =>
  useQuery({ queryKey: agreementsKey, queryFn: ({ signal }) => call('agreements', {}, {}, { signal }), staleTime: 0 });

export function useAddAgreement(then: () => void) {
  const queries = useQueryClient();
  return useAction(
    (asked: NewAgreement) => call('addAgreement', {}, asked),
    () => {
      then();
      void queries.invalidateQueries({ queryKey: agreementsKey });
    },
  );
}

export function useEndAgreement(agreement: string) {
  const queries = useQueryClient();
  return useAction(
    (_: undefined) => call('endAgreement', { agreement }, {}),
    () => void queries.invalidateQueries({ queryKey: agreementsKey }),
  );
}
