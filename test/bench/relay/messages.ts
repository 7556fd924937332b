/** Pure. Messages between the processes of the relay bench. */
import type { LogIn } from '@nattfrid/stand-ins/staff/desk-client';

export interface Credential {
  readonly unit: string;
  readonly token: string;
}

/** From the relay's process. */
export type FromRelay =
  | {
      readonly type: 'open';
      readonly address: string;
      readonly homes: readonly Credential[];
      readonly operators: readonly LogIn[];
    }
  /** Processor time in seconds since its start, and resident memory. */
  | { readonly type: 'load'; readonly cpu: number; readonly megabytes: number; readonly dropped: number };
export type ToRelay = { readonly type: 'load' };

export type ToHomes =
  | { readonly type: 'connect'; readonly address: string; readonly homes: readonly Credential[]; readonly from: number }
  | { readonly type: 'count' };
/** `alarms` in the order of the homes; `sent` and `leftOut` since the last message. */
export type FromHomes =
  | { readonly type: 'connected'; readonly alarms: readonly string[] }
  | { readonly type: 'count'; readonly sent: number; readonly leftOut: number; readonly bytes: number };

export type ToScreens =
  | { readonly type: 'watch'; readonly address: string; readonly looks: readonly Watched[]; readonly from: number }
  | { readonly type: 'count' };
export interface Watched {
  readonly look: string;
  readonly cookie: string;
}
/** `ages` in milliseconds, since the last message. */
export type FromScreens = { readonly type: 'watching' } | { readonly type: 'count'; readonly ages: readonly number[] };
