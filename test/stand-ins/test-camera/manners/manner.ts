/** Pure. A manner of a camera, as data: what it does otherwise than the standard wants, whence that is known, and what must come of it. */
import type { FaultCode } from '@nattfrid/shared/fault/fault';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import type { FilmWish } from './film-wish.ts';
import type { PacketEdits } from './packet-edits.ts';

/** `well`: its pictures are seen. A fault: it is refused, in words that hold `says`. An advice: seen, and a technician is told what to set. */
export type Comes =
  | 'well'
  | { readonly refused: FaultCode; readonly says: string }
  | { readonly advised: CameraAdvice };

/** How an answer differs from a good one. */
export interface Said {
  readonly status?: string;
  /** Instead of those of a good answer, or beside them; null: left out. `{url}`, `{origin}`, `{host}` and `{other}` stand for addresses. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Replaced in the head, one after the other. */
  readonly edits?: readonly (readonly [from: RegExp, to: string])[];
  /** Added to Content-Length; `none`: not said. */
  readonly length?: number | 'none';
  /** Added to CSeq; `none`: not said. */
  readonly cseq?: number | 'none';
  /** Answered so many seconds late. */
  readonly after?: number;
  readonly silent?: true;
  /** The film begins before the answer. */
  readonly showsFirst?: true;
  readonly hangUp?: 'instead' | 'behind';
  /** Text in front of the answer, and behind it. */
  readonly before?: string;
  readonly behind?: string;
  readonly twice?: true;
  readonly lineFeeds?: true;
  /** Seconds between its head and its body. */
  readonly halves?: number;
  /** Only the first so many requests of this kind on all connections, per viewer. */
  readonly only?: number;
  /** Only where the address of the request matches, or does not. */
  readonly where?: RegExp;
  readonly unless?: RegExp;
  /** Only where the request's head does not match. */
  readonly lacks?: RegExp;
  /** Only where it matches. */
  readonly has?: RegExp;
}

export interface SdpEdits {
  /** In place of the good one; `{sps}`, `{pps}`, `{vps}`, `{profile}`, `{origin}` are filled in. */
  readonly whole?: readonly string[];
  readonly edits?: readonly (readonly [from: RegExp, to: string])[];
  readonly sets?: 'none' | 'start-codes' | 'first-only' | 'wrong' | 'doubled' | 'padded' | 'in-one';
}

/** What the camera has of time: seconds on its own clock. */
export interface Times {
  /** A viewer begins so far in the film; 0, the default: at a key picture. */
  readonly begins?: number;
  /** The film has run since the camera was started: a viewer begins where it is by then, as with a real camera. */
  readonly running?: true;
  /** From PLAY to the first packet. */
  readonly firstAfter?: number;
  /** Pictures that are counted a second, where it is not as many as are sent. */
  readonly counted?: number;
  readonly count?:
    | 'still'
    | 'milliseconds'
    | 'arrival-jitter'
    | 'zero-first'
    | 'half-hour-ahead-now-and-then'
    | 'from-zero-each-key'
    | 'pairs';
  /** So many seconds are added to the count every so many seconds. */
  readonly jumps?: { readonly every: number; readonly by: number };
  /** Nothing is sent for so long, again and again; then all of it at once, or what is due alone. */
  readonly stall?: { readonly every: number; readonly lasts: number; readonly goesOn: 'all' | 'newest' };
  /** Pictures are sent in lumps, each so many seconds. */
  readonly lumps?: number;
  /** From then on (of each viewer) so many a second are sent, counted as before. */
  readonly night?: { readonly after: number; readonly sends: number; readonly film?: FilmWish };
  /** Milliseconds by which the sending of a picture varies. */
  readonly jitter?: number;
  /** So much of what has been, sent at once on PLAY. */
  readonly kept?: number;
}

export interface SessionManner {
  /** Seconds after PLAY at which it hangs up, in silence or with a word. */
  readonly ends?: { readonly after: number; readonly how: 'hang-up' | 'TEARDOWN' | 'BYE' | 'silence' };
  /** Hangs up where the viewer has not shown for so long that it lives, in this way. */
  readonly needs?: {
    readonly what: 'reports' | 'OPTIONS' | 'GET_PARAMETER' | 'SET_PARAMETER' | 'any';
    readonly within: number;
  };
  /** A request of the camera's own, and whether it hangs up where it is not answered within so many seconds. */
  readonly asks?: {
    readonly method: string;
    readonly every: number;
    readonly body?: string;
    readonly orHangsUpAfter?: number;
  };
  readonly timeout?: number;
  /** `no-tcp`: it refuses TCP with this status, and sends over UDP. `silent`: and nothing of it arrives. */
  readonly udp?: { readonly status: string; readonly silent?: true; readonly swapEvery?: number };
  /** Channels that are agreed, and that are used, where these differ. */
  readonly channels?: { readonly said: readonly [number, number]; readonly used?: number };
  /** So many calls are refused with 453 before one is taken. */
  readonly busyFor?: number;
}

export interface LoginManner {
  readonly scheme: 'basic' | 'digest';
  readonly algorithm?: 'MD5' | 'SHA-256' | 'SHA-512-256' | 'MD5-sess';
  /** The algorithm is not said. */
  readonly unsaid?: true;
  readonly qop?: 'auth' | 'auth,auth-int';
  readonly opaque?: true;
  /** In front of, or behind, the challenge that counts. */
  readonly others?: readonly string[];
  readonly user?: string;
  readonly password: string;
  /** As it stands in the unit's address; encoded where not given. */
  readonly typed?: string;
  /** Seconds after which a nonce is stale. */
  readonly staleAfter?: number;
  /** Closes the connection behind its 401; the nonce holds on the next. */
  readonly closes?: true;
  /** OPTIONS wants a login too. */
  readonly optionsToo?: true;
  /** 403, or 404, in place of 401 for whoever has given a wrong one. */
  readonly wrong?: string;
  /** The password that the camera has, where the unit has been given another. */
  readonly really?: string;
  /** Changes of the challenge's text. */
  readonly edits?: readonly (readonly [from: RegExp, to: string])[];
}

/** It is called by `rtsps`, and has signed its certificate itself. */
export interface EncryptionManner {
  /** What the unit's setting `camera.certificate` says: the SHA-256 of its certificate, nothing, or that of another one. */
  readonly settings: 'name-it' | 'say-nothing' | 'name-another';
  /** It does not encrypt at all. */
  readonly really?: 'plain';
}

export interface Manner {
  /** Unique, in lower case with hyphens. */
  readonly name: string;
  /** Path of the report on github.com; `derived`: of no public one. */
  readonly report: string;
  readonly does: string;
  readonly comes: Comes;
  /** No test of the client had played anything like it when the line was written. */
  readonly unseen?: true;
  readonly film?: FilmWish;
  /** By method; `*`: every other. */
  readonly answers?: Readonly<Record<string, Said>>;
  readonly sdp?: SdpEdits;
  readonly packets?: PacketEdits;
  readonly times?: Times;
  readonly session?: SessionManner;
  readonly login?: LoginManner;
  readonly encryption?: EncryptionManner;
  /** Faults that may be told too, and are true. */
  readonly alsoSaid?: readonly FaultCode[];
  /** By its own doing its pictures come older than 2 s: they are watched, and not shown. */
  readonly late?: true;
  /** Whole pictures a second that are enough, where it does not tell more of them apart. */
  readonly least?: number;
  /** Path and query of its address. */
  readonly path?: string;
  /** How many times as fast as life it is played. */
  readonly quick?: number;
  /** Seconds, on its own clock, for which it is watched; 8 by default. */
  readonly seconds?: number;
}
