/** What the bench of the console and its processes tell each other. */
import type { ManyAlarm, ManyHome } from '@nattfrid/stand-ins/night/many-homes';

export interface Filled {
  readonly homes: readonly ManyHome[];
  readonly alarms: readonly ManyAlarm[];
}

export type FromRelay =
  | {
      readonly type: 'open';
      readonly address: string;
      readonly token: string;
      readonly email: string;
      readonly password: string;
    }
  | { readonly type: 'filled' };
export type ToRelay = { readonly type: 'fill' } & Filled;

export type ToUnits =
  | { readonly type: 'connect'; readonly address: string; readonly token: string; readonly units: readonly string[] }
  | { readonly type: 'beat'; readonly every: number };
export type FromUnits = { readonly type: 'connected' };
