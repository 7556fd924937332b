/**
 * Pure. How the unit reaches the mobile network, as ModemManager tells it (`mmcli --output-json`), and what that means.
 *
 * Thresholds: a look takes 60 to 250 kbit/s, which LTE carries far out; what counts is that it is there all night. RSRP and RSRQ as
 * makers of routers recommend (Teltonika, «Mobile Signal Strength Recommendations»: from −100 dBm and −15 dB on «fair to poor», below
 * −20 dB «no signal»), with −110 dBm and an SINR of 0 dB as the end of what is usable, below which links are lost.
 */
import type { Check } from '@nattfrid/shared/domain/check';
import { z } from 'zod';

/** dBm, dB, dB. */
export interface SignalFigures {
  readonly rsrpDbm?: number | undefined;
  readonly rsrqDb?: number | undefined;
  readonly sinrDb?: number | undefined;
}

export type SignalReading =
  /** By the home's own network: no mobile link is needed. */
  | { readonly type: 'cable' }
  | { readonly type: 'no-modem' }
  | { readonly type: 'no-sim' }
  | { readonly type: 'sim-locked' }
  | ({ readonly type: 'not-registered' | 'registered' } & SignalFigures);

interface Threshold {
  /** From here on it is good. */
  readonly good: number;
  /** Below, it is not to be relied upon. */
  readonly bad: number;
}

export const signalThresholds: Readonly<Record<keyof SignalFigures, Threshold>> = {
  rsrpDbm: { good: -100, bad: -110 },
  rsrqDb: { good: -15, bad: -20 },
  sinrDb: { good: 5, bad: 0 },
};

/** ModemManager writes numbers as text, and «--» for what it does not know. */
const Written = z
  .string()
  .transform((text) => Number.parseFloat(text))
  .pipe(z.number())
  .optional()
  .catch(undefined);
const Said = z.string().max(60).catch('--');

const ModemList = z.object({ 'modem-list': z.array(z.string().regex(/^[\w/]{1,100}$/)).max(8) });
const Modem = z.object({
  modem: z.object({
    generic: z.object({ state: Said, 'state-failed-reason': Said, 'unlock-required': Said }),
    '3gpp': z.object({ 'registration-state': Said }).optional().catch(undefined),
  }),
});
const Technology = z.object({ rsrp: Written, rsrq: Written, snr: Written }).optional().catch(undefined);
const Signal = z.object({ modem: z.object({ signal: z.object({ lte: Technology, '5g': Technology }) }) });

/** @param said of `mmcli -L`. @returns the first modem; undefined: there is none */
export const readModems = (said: unknown): string | undefined => ModemList.safeParse(said).data?.['modem-list'][0];

/** @param modem of `mmcli -m`, @param signal of `mmcli -m … --signal-get` */
export function readSignal(modem: unknown, signal: unknown): SignalReading {
  const read = Modem.safeParse(modem);
  if (!read.success) return { type: 'no-modem' };
  const { generic, '3gpp': network } = read.data.modem;
  if (generic['state-failed-reason'] === 'sim-missing') return { type: 'no-sim' };
  // A PIN2 is asked for by no network.
  if (generic.state === 'locked' || /^sim-(pin|puk)$/.test(generic['unlock-required'])) return { type: 'sim-locked' };
  const figures = figuresOf(signal);
  const isIn = ['home', 'roaming'].includes(network?.['registration-state'] ?? '') || generic.state === 'connected';
  return { type: isIn ? 'registered' : 'not-registered', ...figures };
}

function figuresOf(said: unknown): SignalFigures {
  const { lte, '5g': fifth } = Signal.safeParse(said).data?.modem.signal ?? {};
  const told = [lte, fifth].find((one) => one?.rsrp !== undefined);
  if (!told) return {};
  const { rsrp, rsrq, snr } = told;
  return {
    ...(rsrp !== undefined && { rsrpDbm: rsrp }),
    ...(rsrq !== undefined && { rsrqDb: rsrq }),
    ...(snr !== undefined && { sinrDb: snr }),
  };
}

/** The worst of what was measured decides. */
export function howGood(figures: SignalFigures): 'signal-good' | 'signal-weak' | 'signal-bad' {
  const told = Object.entries(signalThresholds).flatMap(([name, threshold]) => {
    const value = figures[name as keyof SignalFigures];
    return value === undefined ? [] : [{ value, ...threshold }];
  });
  if (told.some(({ value, bad }) => value < bad)) return 'signal-bad';
  return told.some(({ value, good }) => value < good) ? 'signal-weak' : 'signal-good';
}

export function signalCheck(reading: SignalReading): Check {
  const fault = (code: string): Check => ({ name: 'signal', state: 'fault', code });
  switch (reading.type) {
    case 'cable':
      return { name: 'signal', state: 'well', code: 'cable' };
    case 'no-modem':
    case 'no-sim':
    case 'sim-locked':
      return fault(reading.type);
    case 'not-registered':
    case 'registered': {
      const { type, ...figures } = reading;
      const told = Object.entries(figures).filter((one): one is [string, number] => one[1] !== undefined);
      // How far it is from the first limit at which the link is no longer relied upon.
      const margin =
        figures.rsrpDbm === undefined ? [] : [['marginDb', figures.rsrpDbm - signalThresholds.rsrpDbm.bad]];
      const measured = told.length > 0 && {
        figures: Object.fromEntries([...told, ...margin]) as Record<string, number>,
      };
      if (type === 'not-registered') return { ...fault('not-registered'), ...measured };
      const code = howGood(figures);
      const state = code === 'signal-good' ? 'well' : code === 'signal-weak' ? 'advice' : 'fault';
      return { name: 'signal', state, code, ...measured };
    }
  }
}
