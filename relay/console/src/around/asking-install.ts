/** Requests about work orders, pairing and installations. What a unit does shows in its order, which is asked for again and again. */
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { InstallStep, PairingView, WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { seconds } from '@nattfrid/shared/time/duration';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../link/api.ts';
import { useAround } from './around.tsx';
import { useAction } from './asking.ts';

const ordersKey = ['work-orders'];
const orderKey = (order: string) => ['work-order', order];

export const useOrders = () =>
  useQuery({
    queryKey: ordersKey,
    staleTime: 0,
    refetchInterval: seconds(10),
    queryFn: ({ signal }) => call('workOrders', {}, {}, { signal }),
  });

function useOrdersAct<Input>(act: (input: Input) => ReturnType<typeof call<'workOrders'>>, then?: () => void) {
  const queries = useQueryClient();
  return useAction(act, (all) => {
    queries.setQueryData(ordersKey, all);
    then?.();
  });
}

export const useAddOrder = (then: () => void) =>
  useOrdersAct((asked: Asked<'addWorkOrder'>) => call('addWorkOrder', {}, asked), then);
export const useCallOff = (order: string) => useOrdersAct((_: undefined) => call('callOffWorkOrder', { order }, {}));

/** Asked anew every two seconds, while somebody waits for what the unit does. */
export const useOrder = (order: string) =>
  useQuery<WorkOrderView>({
    queryKey: orderKey(order),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (isOver(data) ? false : seconds(2)),
    queryFn: ({ signal }) => call('workOrder', { order }, {}, { signal }),
  });
const isOver = (order: WorkOrderView | undefined) => order?.state === 'done' || order?.state === 'called-off';

function useOrderAct<Input>(order: string, act: (input: Input) => Promise<WorkOrderView>) {
  const queries = useQueryClient();
  return useAction(act, (after) => queries.setQueryData(orderKey(order), after));
}

export const useTryStep = (order: string, step: InstallStep) =>
  useOrderAct(order, (tried: Asked<'tryStep'>) => call('tryStep', { order, step }, tried));
/** As `useTryStep`, with this console's word for it, which the unit asks for: a wipe, or another camera. */
export function useSignedStep({ order, unit }: WorkOrderView, step: 'wipe' | 'camera') {
  const { trust } = useAround();
  return useOrderAct(order, async (tried: Omit<Asked<'tryStep'>, 'signed'>) => {
    const { camera, login } = tried;
    const asked = camera === undefined ? { type: 'wipe' as const } : { type: 'choose-camera' as const, camera, login };
    const signed = unit && (await trust.proveCall(unit, asked));
    return call('tryStep', { order, step }, { ...tried, ...(signed && { signed }) });
  });
}
export const useConfirmStep = (order: string, step: InstallStep) =>
  useOrderAct(order, (_: undefined) => call('confirmStep', { order, step }, {}));
export const useFinish = (order: string) =>
  useOrderAct(order, (_: undefined) => call('finishWorkOrder', { order }, {}));

export const useInstallRecord = (order: string) =>
  useQuery({
    queryKey: ['install-record', order],
    staleTime: 0,
    queryFn: ({ signal }) => call('installRecord', { order }, {}, { signal }),
  });
export const useInstallPapers = (order: string) =>
  useQuery({
    queryKey: ['install-papers', order],
    staleTime: 0,
    queryFn: ({ signal }) => call('installPapers', { order }, {}, { signal }),
  });

export const useBeginPairing = (then: (pairing: PairingView) => void) =>
  useAction(
    ({ order, ...asked }: Asked<'beginPairing'> & { readonly order: string }) => call('beginPairing', { order }, asked),
    then,
  );
export const useConfirmPairing = (then: (pairing: PairingView) => void) =>
  useAction(
    ({ ticket, mac }: Asked<'confirmPairing'> & { readonly ticket: string }) =>
      call('confirmPairing', { ticket }, { mac }),
    then,
  );
/** @param ticket undefined: nothing is waited for */
export const usePairing = (ticket: string | undefined) =>
  useQuery<PairingView>({
    queryKey: ['pairing', ticket],
    enabled: ticket !== undefined,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data && data.state !== 'waits-for-unit' ? false : seconds(1)),
    queryFn: ({ signal }) => call('pairing', { ticket: ticket ?? '' }, {}, { signal }),
  });
