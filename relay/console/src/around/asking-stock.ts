/** Requests about stock and swaps. */
import type { Asked, RouteName } from '@nattfrid/shared/desk/routes';
import type { Stock } from '@nattfrid/shared/desk/stock-view';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, call } from '../link/api.ts';
import { useAction } from './asking.ts';

const stockKey = ['stock'];

export const useStock = () =>
  useQuery({ queryKey: stockKey, queryFn: ({ signal }) => call('stock', {}, {}, { signal }), staleTime: 0 });

type Changing = Extract<RouteName, 'addStockItem' | 'moveStockItem' | 'setStockLocation' | 'planSwap' | 'moveSwap'>;

/** Whatever changes it answers with the whole of it. */
export function useStockAct<Name extends Changing>(
  name: Name,
  params: Readonly<Record<string, string>>,
  then?: () => void,
) {
  const queries = useQueryClient();
  return useAction(
    (asked: Asked<Name>) => call(name, params as never, asked as never) as Promise<Stock>,
    (stock) => {
      queries.setQueryData(stockKey, stock);
      then?.();
    },
  );
}

export const stockFile = (): string => addressOf('exportStock', {});

export const useReconcile = () => useAction((csv: string) => call('reconcileStock', {}, { csv }));
