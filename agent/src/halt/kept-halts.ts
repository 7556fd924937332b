/** Pure. What a unit keeps of halts on its disk, as JSON: the stop and the pauses that it was told of, and a darkness whose end is not written yet. */
import { HaltId } from '@nattfrid/shared/domain/ids';
import { instant } from '@nattfrid/shared/time/instant';
import { WhyStopped } from '@nattfrid/shared/wire/halt-letter';
import { HaltState } from '@nattfrid/shared/wire/vitals';
import { z } from 'zod';
import type { Halts } from './halts.ts';

const Moment = z.number().transform(instant);

const Told = z
  .object({
    stop: z.object({ halt: HaltId, planVersion: z.int(), why: WhyStopped }).readonly().optional(),
    pauses: z.array(z.object({ halt: HaltId, from: Moment, until: Moment }).readonly()).readonly(),
  })
  .readonly();

export type ToldHalts = Pick<Halts, 'stop' | 'pauses'>;

export const writeTold = ({ stop, pauses }: ToldHalts): string => JSON.stringify({ stop, pauses });

/** @returns undefined where it cannot be understood */
export function readTold(body: string | undefined): ToldHalts | undefined {
  if (body === undefined) return { stop: undefined, pauses: [] };
  const told = Told.safeParse(parsed(body)).data;
  return told && { stop: told.stop, pauses: told.pauses };
}

/** @returns undefined where there is none, or none that can be understood */
export const readDark = (body: string | undefined): HaltState | undefined =>
  body === undefined ? undefined : HaltState.safeParse(parsed(body)).data;

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
