/** Pure. relay > console: which units there are to hand out, where each is, and which homes are to get a new one. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';
import { Base64Url } from '../wire/bytes.ts';

export const StockState = z.enum(['in-stock', 'reserved', 'installed', 'faulty', 'returned', 'scrapped']);
export type StockState = z.infer<typeof StockState>;

const line = (longest: number) => z.string().trim().min(1).max(longest);

/** As it is ordered and counted in the assistive-device system (WebSesam, Sesam): ISO 9999 code, article and individual number. */
export const Article = z
  .strictObject({
    iso: z
      .string()
      .regex(/^\d{2} \d{2} \d{2}$/, 'an ISO 9999 code such as 22 27 24')
      .default('22 27 24'),
    number: line(40),
    individual: line(40).describe('Of this very unit; no two have the same'),
    /** Who orders: social services, or health care. */
    authority: z.enum(['SoL', 'HSL']),
  })
  .readonly();
export type Article = z.infer<typeof Article>;

/** A unit that comes into stock, as `nattfrid-agent label --json` has it; the secret of its label is not among it. */
export const NewLabel = z
  .object({
    unit: UnitId,
    publicKey: Base64Url.length(43),
    doorHash: Base64Url.length(43).describe('SHA-256 of what is derived from the label secret for the relay'),
    article: Article,
  })
  .readonly();
export type NewLabel = z.infer<typeof NewLabel>;

export const StockItem = z
  .object({
    item: z.uuid(),
    article: Article,
    state: StockState,
    location: z.string().max(60).optional(),
    unit: UnitId.optional(),
    client: ClientAlias.optional(),
    identity: z
      .object({ unit: UnitId, publicKey: Base64Url.length(43) })
      .readonly()
      .optional()
      .describe('What its label says: the name and the key that it has made itself'),
    wiped: z
      .object({ at: z.iso.datetime(), by: z.string() })
      .readonly()
      .optional()
      .describe('Its keys and plan were erased before it was sent back'),
    history: z
      .array(
        z
          .object({ at: z.iso.datetime(), by: z.string(), to: StockState, words: z.string().max(200).optional() })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type StockItem = z.infer<typeof StockItem>;

export const StockLocation = z
  .object({
    location: line(60),
    least: z.int().min(0).max(1000),
    have: z.int().min(0),
    below: z.boolean().describe('Fewer than there should be: order more'),
  })
  .readonly();
export type StockLocation = z.infer<typeof StockLocation>;

export const SwapState = z.enum(['planned', 'told', 'parallel', 'cut-over', 'called-off']);
export type SwapState = z.infer<typeof SwapState>;

/** A home gets a new unit while the old one goes on, until enough nights have been good. */
export const Swap = z
  .object({
    swap: z.uuid(),
    client: ClientAlias,
    old: line(60).describe('What looks in today: a unit, or another supplier’s'),
    unit: UnitId.describe('The new one'),
    batch: line(40),
    on: z.iso.date(),
    state: SwapState,
    goodNights: z.int().min(0).describe('In a row, by today'),
    neededNights: z.int().min(1),
    cutOver: z.object({ at: z.iso.datetime(), by: z.string() }).readonly().optional(),
  })
  .readonly();
export type Swap = z.infer<typeof Swap>;

export const Stock = z
  .object({
    items: z.array(StockItem).readonly(),
    locations: z.array(StockLocation).readonly(),
    swaps: z.array(Swap).readonly(),
  })
  .readonly();
export type Stock = z.infer<typeof Stock>;
