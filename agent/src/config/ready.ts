/** Pure. The settings of a unit that knows whose it is: what a technician wrote by hand, or what it was paired with. */
import { ClientAlias, type UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Paired } from '../store/pairing-table.ts';
import type { Config } from './schema.ts';

export interface Ready extends Omit<Config, 'unit' | 'alias' | 'planKey' | 'token' | 'camera'> {
  readonly unit: UnitId;
  readonly alias: ClientAlias;
  readonly planKey: string;
  /** Absent: it shows its certificate. */
  readonly token: string | undefined;
  readonly camera: Config['camera'] & { readonly place: string };
}

/** As long as it is in the stamp of a picture. */
const longestPlace = 24;

/** @param paired undefined: it has not been. @throws Fault `config-invalid` of one that has neither a token nor been paired */
export function readyConfig(config: Config, paired: Paired | undefined): Ready {
  const { unit, alias, planKey, token } = config;
  const place = config.camera.place ?? paired?.place.slice(0, longestPlace) ?? 'Sovrum';
  const camera = { ...config.camera, place };
  if (token !== undefined && unit !== undefined && alias !== undefined && planKey !== undefined)
    return { ...config, unit, alias, planKey, token, camera };
  if (!paired) throw new Fault('config-invalid', 'This unit has no token, and has not been paired by its label.');
  const { unit: own, client, relay } = paired;
  return { ...config, unit: own, alias: client, planKey: paired.planKey, relay, token: undefined, camera };
}
