/** What the bench of nodes and its processes tell each other. */

/** What a process has of the machine at one moment; bytes, and ms of processor since it began. */
export interface Held {
  readonly resident: number;
  /** Of JavaScript: objects in use, and what lies beside them (buffers). NaN of a program that is not ours. */
  readonly heap: number;
  /** Of JavaScript: what is set aside for them, in use or not. */
  readonly committed: number;
  readonly external: number;
  readonly cpu: number;
}

/** One unit as it comes: PEM. */
export interface Comer {
  readonly unit: string;
  readonly cert: string;
}

/** Where units come to, and what they show. */
export interface Place {
  readonly units: string;
  readonly ca: string;
  /** Of all of them: what a key costs is the unit's. */
  readonly key: string;
  readonly comers: readonly Comer[];
}

/** Of all units, for a relay whose database now holds them. */
export interface FromFiller extends Omit<Place, 'units'> {
  readonly type: 'filled';
}

export type FromRelay =
  | {
      readonly type: 'open';
      /** Where units come to, and its desk. */
      readonly units: string;
      readonly address: string;
    }
  | { readonly type: 'held'; readonly held: Held }
  | { readonly type: 'profiled' };
export type ToRelay =
  | {
      readonly type: 'measure';
      /** After its garbage has been collected. */
      readonly swept: boolean;
    }
  /** From now on; written, with a snapshot of the heap, at `profiled`. `file`: without an ending. */
  | { readonly type: 'profile'; readonly file: string }
  | { readonly type: 'profiled' };

export type ToUnits =
  | {
      readonly type: 'connect';
      readonly place: Place;
      /** So many are there in all when it is done. */
      readonly upTo: number;
      /** The console whose live stream is listened to; undefined: an MQTT client that hears every alarm is the console. */
      readonly desk?: { readonly address: string; readonly email: string; readonly password: string };
    }
  /** Every unit tells how it is once in so many ms, evenly spread. */
  | { readonly type: 'beat'; readonly every: number }
  /** Units from this one on tell an alarm each: so many a second, or as many as are taken while so many are under way. */
  | {
      readonly type: 'alarms';
      readonly from: number;
      readonly count: number;
      readonly aSecond?: number;
      readonly underWay?: number;
    };
export type FromUnits =
  | { readonly type: 'connected'; readonly ms: number }
  /** ms from the unit's word to the console, each; and from the first word to the last at the console. */
  | {
      readonly type: 'alarmed';
      readonly ages: readonly number[];
      readonly ms: number;
      readonly missing: number;
      readonly cutOff: number;
    };
