/** Prepares what is asked of each camera of a home: a worker with its own key, the unit's key checked, a signed proof. */
import type { Asked, BesideAsked } from '@nattfrid/shared/desk/routes';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import type { Lacking } from '../link/lacking.ts';
import type { Pictures } from '../link/open.ts';
import type { Trust } from '../trust/trust.ts';
import type { Camera } from './together.ts';

/** A camera's worker, and the key with which its unit must sign. */
export interface Taken {
  readonly unitKey: string;
  readonly pictures: Pictures;
}

/** The cameras that a look is opened on; those that are left out are deleted from it. */
export type TakenCameras = Map<UnitId, Taken>;

/** @returns what this browser lacks where it cannot show pictures; then no worker is left running */
export async function takeAll(
  cameras: readonly Camera[],
  take: () => Promise<Pictures | Lacking>,
): Promise<TakenCameras | Lacking> {
  const prepared = await Promise.all(cameras.map(take));
  const lacking = prepared.find((one) => typeof one === 'string');
  const taken: TakenCameras = new Map();
  for (const [index, pictures] of prepared.entries()) {
    const camera = cameras[index];
    if (typeof pictures === 'string' || !camera) continue;
    if (lacking) pictures.end();
    taken.set(camera.unit, { unitKey: camera.unitKey, pictures });
  }
  return lacking ?? taken;
}

/** @returns a fault for each unit whose key is wrong, or could not be checked */
export async function checkKeys(cameras: readonly Camera[], trust: Trust): Promise<ReadonlyMap<UnitId, Fault>> {
  const wrong = new Map<UnitId, Fault>();
  const check = ({ unit, unitKey }: Camera) =>
    trust.unit(unit, unitKey).catch((error: unknown) => void wrong.set(unit, asFault(error)));
  await Promise.all(cameras.map(check));
  return wrong;
}

export function leaveOut(taken: TakenCameras, unit: UnitId): void {
  taken.get(unit)?.pictures.end();
  taken.delete(unit);
}

/**
 * What is asked of the other cameras than the one that is meant, each with a proof of its own. A proof names a reason: beside an
 * alarm that is the open window of the other unit's plan, and a unit without one is left out of `taken`.
 */
export async function besides(
  { unit: meant, reason }: Pick<Asked<'openLook'>, 'unit' | 'reason'>,
  taken: TakenCameras,
  trust: Trust,
): Promise<readonly BesideAsked[]> {
  const asking = async ([unit, { pictures }]: [UnitId, Taken]): Promise<readonly BesideAsked[]> => {
    if (unit === meant) return [];
    // A unit is tried by itself.
    const window =
      reason.type === 'test' ? undefined : reason.type === 'window' ? reason.window : await trust.window(unit);
    if (window === undefined) {
      leaveOut(taken, unit);
      return [];
    }
    const { operatorKey } = pictures;
    const proof = await trust.prove({ unit, reason: { type: 'window', window }, operatorKey });
    return [{ unit, operatorKey, ...(reason.type === 'alarm' && { window }), ...(proof && { console: proof }) }];
  };
  return (await Promise.all([...taken].map(asking))).flat();
}
