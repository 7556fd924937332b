/** Pure. The part of the API about units that are handed out, swapped and sent back. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';
import { WipeCertificate } from '../seal/wipe.ts';
import { none, type Route } from './route.ts';
import { Article, NewLabel, Stock, StockLocation, StockState, Swap, SwapState } from './stock-view.ts';

const words = z.string().trim().max(200).optional();

export const stockRoutes = {
  stock: { method: 'GET', path: '/api/stock', params: none, body: none, answer: Stock, action: 'manage-units' },
  addStockItem: {
    method: 'POST',
    path: '/api/stock',
    params: none,
    body: z.object({ article: Article, location: z.string().trim().min(1).max(60) }).readonly(),
    answer: Stock,
    action: 'manage-units',
  },
  /** In an order that can be: installed needs the unit and its home; what was in a home is wiped before it is sent back. */
  moveStockItem: {
    method: 'POST',
    path: '/api/stock/:item/move',
    params: z.object({ item: z.uuid() }).readonly(),
    body: z
      .object({
        to: StockState,
        location: z.string().trim().min(1).max(60).optional(),
        unit: UnitId.optional(),
        client: ClientAlias.optional(),
        wiped: z.literal(true).optional(),
        words,
      })
      .readonly(),
    answer: Stock,
    action: 'manage-units',
  },
  setStockLocation: {
    method: 'POST',
    path: '/api/stock/locations',
    params: none,
    body: StockLocation.unwrap().pick({ location: true, least: true }).readonly(),
    answer: Stock,
    action: 'manage-units',
  },
  /** For the assistive-device system: a line for each movement. */
  exportStock: {
    method: 'GET',
    path: '/api/stock.csv',
    params: none,
    body: none,
    answer: z.string().describe('text/csv, UTF-8, with a line of heads'),
    action: 'manage-units',
  },
  /** What the assistive-device system says, against what stands here. Nothing is changed. */
  reconcileStock: {
    method: 'POST',
    path: '/api/stock/reconcile',
    params: none,
    body: z.object({ csv: z.string().min(1).max(200_000) }).readonly(),
    answer: z
      .object({
        differences: z
          .array(
            z
              .object({
                individual: z.string(),
                why: z.enum(['only-there', 'only-here', 'other-state', 'other-client']),
                here: z.string().optional(),
                there: z.string().optional(),
              })
              .readonly(),
          )
          .readonly(),
      })
      .readonly(),
    action: 'manage-units',
  },
  /** By people, and by the bench's own key: units with their labels. All of them, or none. */
  addLabels: {
    method: 'POST',
    path: '/api/stock/labels',
    params: none,
    body: z
      .object({
        labels: z.array(NewLabel).min(1).max(200).readonly(),
        location: z.string().trim().min(1).max(60),
      })
      .readonly(),
    answer: z.object({ added: z.int().min(0) }).readonly(),
    action: 'add-labels',
  },
  /** What a unit has signed when it was wiped at the bench: it is taken out, and its item is returned. */
  keepWipe: {
    method: 'POST',
    path: '/api/stock/wipes',
    params: none,
    body: WipeCertificate,
    answer: Stock,
    action: 'manage-units',
  },
  planSwap: {
    method: 'POST',
    path: '/api/swaps',
    params: none,
    body: Swap.unwrap()
      .pick({ client: true, old: true, unit: true, batch: true, on: true, neededNights: true })
      .readonly(),
    answer: Stock,
    action: 'manage-units',
  },
  /** «cut-over» before enough nights were good is refused `needs-confirming` until it is said once more. */
  moveSwap: {
    method: 'POST',
    path: '/api/swaps/:swap/move',
    params: z.object({ swap: z.uuid() }).readonly(),
    body: z.object({ to: SwapState, confirmed: z.literal(true).optional() }).readonly(),
    answer: Stock,
    action: 'manage-units',
  },
} as const satisfies Record<string, Route>;
