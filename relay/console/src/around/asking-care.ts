/** Requests about clients and the municipality's key: each answer takes the place of what was known. */
import type { VisitCard } from '@nattfrid/shared/care/client';
import type { ClientView } from '@nattfrid/shared/desk/client-view';
import type { MunicipalityKeyView } from '@nattfrid/shared/desk/key-routes';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { ClientAlias, ClientId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../link/api.ts';
import { useDesk } from './around.tsx';
import { type Action, useAction } from './asking.ts';

const listKey = ['clients'];
const clientKey = (client: string) => ['client', client];
const municipalityKeyKey = ['municipality-key'];

export const useClients = (enabled = true) =>
  useQuery({ queryKey: listKey, queryFn: ({ signal }) => call('clients', {}, {}, { signal }), staleTime: 0, enabled });

/**
 * Each reading is a line of the log: it is asked for anew only when one of the home's units says something else of its plan.
 * @param client undefined: there is none yet
 */
export function useClient(client: ClientId | undefined) {
  const queries = useQueryClient();
  const asked = useQuery({
    queryKey: clientKey(client ?? ''),
    enabled: client !== undefined,
    queryFn: ({ signal }) =>
      client ? call('client', { client }, {}, { signal }) : Promise.reject(new Fault('not-found', 'No client.')),
    staleTime: 0,
  });
  const told = JSON.stringify(
    [...useDesk().units.values()]
      .filter((unit) => unit.client === asked.data?.alias)
      .map(({ unit, plan, inForce }) => [unit, plan, inForce]),
  );
  const last = useRef(told);
  useEffect(() => {
    // What came with the answer itself is in it already.
    if (last.current !== told && last.current !== '[]')
      void queries.invalidateQueries({ queryKey: clientKey(client ?? '') });
    last.current = told;
  }, [told, client, queries]);
  return asked;
}

/** What a person does with a client: the answer is shown at once. */
export function useClientAct<Input>(act: (input: Input) => Promise<ClientView>, then?: (view: ClientView) => void) {
  const queries = useQueryClient();
  return useAction(act, (view) => {
    queries.setQueryData(clientKey(view.client), view);
    void queries.invalidateQueries({ queryKey: listKey });
    then?.(view);
  });
}

/** Taken back, paused, or watched again: from whatever screen it was heard. */
export function useHalt(alias: ClientAlias, then: () => void) {
  const queries = useQueryClient();
  const over = () => {
    void queries.invalidateQueries({ queryKey: ['client'] });
    void queries.invalidateQueries({ queryKey: listKey });
    then();
  };
  return {
    stop: useAction((asked: Asked<'withdrawConsent'>) => call('withdrawConsent', { alias }, asked), over),
    pause: useAction((asked: Asked<'pauseSupervision'>) => call('pauseSupervision', { alias }, asked), over),
    goOn: useAction((_: undefined) => call('endPause', { alias }, {}), over),
  };
}

export const useMunicipalityKey = () =>
  useQuery({
    queryKey: municipalityKeyKey,
    queryFn: ({ signal }) => call('municipalityKey', {}, {}, { signal }),
    staleTime: 0,
  });

export function useMunicipalityAct<Input>(
  act: (input: Input) => Promise<MunicipalityKeyView>,
  then?: (view: MunicipalityKeyView) => void,
) {
  const queries = useQueryClient();
  return useAction(act, (view) => {
    queries.setQueryData(municipalityKeyKey, view);
    then?.(view);
  });
}

/** Read when somebody asks, and each time written in the log: it is kept for as long as it is on the screen. */
export function useReadVisitCard(alias: ClientAlias): Action<undefined> & { readonly card: VisitCard | undefined } {
  const [card, setCard] = useState<VisitCard>();
  return { ...useAction((_: undefined) => call('visitCard', { alias }, {}), setCard), card };
}
