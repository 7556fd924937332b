/** Pure. A unit's notice about its picture, read leniently: a newer unit may have kinds that this console has no words for. */
import { Mode } from '@nattfrid/shared/domain/plan';
import { z } from 'zod';

/** `kind`: the notice's type, in the unit's words. */
export interface OtherNotice {
  readonly kind: string;
  /** Codes of the reasons, if any. */
  readonly why: readonly string[];
  /** Other modes that the plan has agreed to. */
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

/** @returns undefined where `said` is not a notice */
export function readOther(said: unknown): OtherNotice | undefined {
  const read = Said.safeParse(said);
  if (!read.success) return undefined;
  const { type, why = [], offers = [], offer = [] } = read.data;
  return { kind: type, why: [why].flat(), offers: [...new Set([offer, offers].flat())] };
}
