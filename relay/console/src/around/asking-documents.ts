/** Requests about the municipality's documents. */
import type { Contact } from '@nattfrid/shared/desk/document-routes';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useAction } from './asking.ts';

const factsKey = ['document-facts'];

export const useDocumentFacts = () =>
  useQuery({ queryKey: factsKey, queryFn: ({ signal }) => call('documentFacts', {}, {}, { signal }), staleTime: 0 });

export function useSetContact() {
  const queries = useQueryClient();
  return useAction(
    (contact: Contact) => call('setContact', {}, contact),
    (facts) => queries.setQueryData(factsKey, facts),
  );
}
