/** Pure. What the unit is fed by, out of whatever can tell it here, and what that means. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { PowerState } from '@nattfrid/shared/wire/vitals';

export interface PowerReading {
  /** undefined: nothing here can tell it. */
  readonly mains: boolean | undefined;
  /** The supply gives less than the board needs; undefined: nothing here can tell it. */
  readonly undervoltage?: boolean | undefined;
  /** Of the battery or UPS, 0 to 100. */
  readonly chargePercent?: number | undefined;
  /** How long it lasts, by its own estimate. */
  readonly lastsSeconds?: number | undefined;
}

/** Several sources may tell: whoever says that the mains are gone is believed, and a figure is that of the first which has one. */
export function joined(readings: readonly PowerReading[]): PowerReading {
  const told = readings.flatMap(({ mains }) => (mains === undefined ? [] : [mains]));
  const first = <Key extends keyof PowerReading>(key: Key) =>
    readings.find((one) => one[key] !== undefined)?.[key] as PowerReading[Key];
  const undervoltage = readings.some((one) => one.undervoltage === true) ? true : first('undervoltage');
  return {
    mains: told.length === 0 ? undefined : told.every((one) => one),
    ...(undervoltage !== undefined && { undervoltage }),
    ...(first('chargePercent') !== undefined && { chargePercent: first('chargePercent') }),
    ...(first('lastsSeconds') !== undefined && { lastsSeconds: first('lastsSeconds') }),
  };
}

export function powerCheck(reading: PowerReading): Check {
  const { mains, undervoltage, chargePercent, lastsSeconds } = reading;
  const figures = {
    ...(chargePercent !== undefined && { chargePercent }),
    ...(lastsSeconds !== undefined && { lastsMinutes: Math.round(lastsSeconds / 60) }),
  };
  const said = (state: Check['state'], code: string): Check => ({
    ...{ name: 'power', state, code },
    ...(Object.keys(figures).length > 0 && { figures }),
  });
  if (mains === false) return said('fault', 'on-battery');
  if (undervoltage) return said('fault', 'undervoltage');
  return mains === undefined ? said('unknown', 'mains-not-told') : said('well', 'mains');
}

/** As the relay is told it with each beat; undefined: nothing here can tell it. */
export const powerState = ({ mains }: PowerReading): PowerState | undefined =>
  mains === undefined ? undefined : mains ? 'mains' : 'battery';
