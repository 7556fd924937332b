/** Pure. What a unit says of its picture besides that there is one, read so that a newer unit can say more than this console knows. */
import { Mode } from '@nattfrid/shared/domain/plan';
import { z } from 'zod';

/** `kind`: what it is about, as the unit calls it. */
export interface OtherNotice {
  readonly kind: string;
  /** One word or several for why it is so. */
  readonly why: readonly string[];
  /** Other modes that have been agreed. */
  readonly offers: readonly Mode[];
}

const word = z.string().max(40);
const Said = z.looseObject({
  type: word,
  why: z
    .union([word, z.array(word).max(8)])
    .optional()
    .catch(undefined),
  offers: z
    .union([Mode, z.array(Mode).max(4)])
    .optional()
    .catch(undefined),
  offer: Mode.optional().catch(undefined),
});

/** @returns undefined where it is not a notice at all */
export function readOther(said: unknown): OtherNotice | undefined {
  const read = Said.safeParse(said);
  if (!read.success) return undefined;
  const { type, why = [], offers = [], offer = [] } = read.data;
  return { kind: type, why: [why].flat(), offers: [...new Set([offer, offers].flat())] };
}
