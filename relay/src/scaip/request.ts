/** Pure. One event as a SCAIP request to one receiver: whose home, which codes, which texts. Never a name, never an address. */
import { createHash } from 'node:crypto';
import type { ReceiverSettings, ScaipEvent } from '@nattfrid/shared/desk/receiver-view';
import type { ScaipRequest } from './elements.ts';
import { codeFor } from './mapping.ts';

/** What is to be told: kept in the outbox, and put into codes when it is sent, so that a receiver that was set up wrongly can be mended. */
export interface Told {
  /** Of one event, the same however often it is sent. */
  readonly ref: string;
  readonly event: ScaipEvent;
  readonly home?: {
    readonly unit: string;
    /** The client's alias. */
    readonly client: string;
    /** Where in the home («Sovrum»). */
    readonly place?: string | undefined;
  };
}

export function requestOf({ ref, event, home }: Told, settings: ReceiverSettings): ScaipRequest {
  const { mty, dty, stc, lco, stt } = codeFor(settings, event);
  const own = home && Object.hasOwn(settings.homes, home.client) ? settings.homes[home.client as never] : undefined;
  const as = (code: string) => (settings.padded ? code.padStart(4, '0') : String(Number(code)));
  return {
    ref,
    ver: '01.00',
    cha: '0',
    mty,
    cid: own ?? settings.controller,
    dty: as(dty),
    ...(home && { did: deviceId(home.unit), dte: home.client }),
    // We neither listen nor speak: nobody need call back.
    crd: 'no-voice:',
    stc: as(stc),
    ...(stt && { stt }),
    ...(lco && { lco: settings.padded ? lco.padStart(3, '0') : String(Number(lco)) }),
    ...(home?.place && { lte: home.place }),
  };
}

/** At most eight characters: the unit's name where it is so short, else eight that are always the same for it. */
const deviceId = (unit: string): string =>
  unit.length <= 8 ? unit : createHash('sha256').update(unit).digest('hex').slice(0, 8);
