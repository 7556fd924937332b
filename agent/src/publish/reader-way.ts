/** The way to one reader of a look: a WebSocket that is kept alive, and a seal that only this reader's console opens. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { NoPicture } from '@nattfrid/shared/domain/look';
import type { Mode } from '@nattfrid/shared/domain/plan';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { keep } from '@nattfrid/shared/lifetime/keep';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { CryptoKey } from '@nattfrid/shared/seal/crypto-key';
import { type Coding, type SealedKind, type SealedLook, sealLook } from '@nattfrid/shared/seal/seal-look';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { type PictureNotice, readPicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';
import type { Coded } from '../encode/coded.ts';
import type { OpenLook } from '../look/open-look.ts';
import type { Reader } from '../look/readers.ts';
import { type Certified, tlsOf } from '../trust/certified.ts';
import type { DataUsed } from './data-used.ts';
import { type LegibilityNotices, legibilityNotices } from './legibility-notices.ts';
import type { LinkControl, WatchedWindow } from './link-control.ts';
import { openSocket, type Socket } from './socket.ts';
import type { Standby } from './standby.ts';
import { unitPlace } from './unit-place.ts';

export interface ReaderWayParts {
  /** http(s):// or ws(s)://, without a path. */
  readonly relayUrl: () => string;
  /** A certificate authority of the relay's own, PEM. */
  readonly ca?: string;
  readonly unit: UnitId;
  readonly token: string | undefined;
  /** Of a unit that was paired: in place of the token. */
  readonly certified?: (() => Certified) | undefined;
  readonly look: OpenLook;
  readonly unitPrivateKey: CryptoKey;
  /** Codec and size of the pictures; `silhouetteCoding` by default. */
  readonly coding?: Coding;
  readonly control: LinkControl;
  /** The standby connection, which saves the handshake. */
  readonly standby?: Pick<Standby, 'take'> | undefined;
  readonly used: DataUsed;
  /** Asks the encoder for a keyframe, which a new viewer's decoder needs. */
  readonly wantKey: () => void;
  /** Whether nothing of the look has been sent or left out yet, so that it begins with a keyframe by itself. */
  readonly begins?: () => boolean;
  /** Other modes of the plan, offered where the person cannot be made out. */
  readonly offered?: () => readonly Mode[];
  /** Called when what this reader is shown changes: a picture, or why there is none. */
  readonly shown?: ((what: 'picture' | NoPicture) => void) | undefined;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
}

export interface ReaderWay extends AsyncDisposable {
  /** Seals and sends a picture, or leaves it out: nothing is queued. */
  take(coded: Coded): Promise<void>;
  /** Resolves with the first connection. */
  readonly linked: Promise<void>;
}

/** Quick, because a look lasts a minute or two. */
const ladder: Ladder = [
  { wait: milliseconds(100), times: 4 },
  { wait: milliseconds(300), times: 20 },
  { wait: seconds(1), times: Number.POSITIVE_INFINITY },
];
/** A connection that has lasted this long starts the waits anew. */
const steady = seconds(8);
/** Time for each attempt to connect. Short at first: while the link is down an attempt is lost with its first packet. */
const patiences = [800, 800, 800, 1500, 1500, 3000, 5000].map(milliseconds);
const noticeEvery = seconds(1);
const usageEvery = seconds(2);
/** Time between two keyframes for a reader who was behind: each costs all other readers a keyframe too. */
const asksAgain = seconds(2);

interface Link {
  readonly socket: Socket;
  readonly sealed: SealedLook;
  readonly window: WatchedWindow;
  /** Counter of the next sealed packet. */
  counter: number;
  /** The viewer can decode nothing before the next keyframe. */
  waitsForKey: boolean;
  /** Time at which a keyframe was last asked for. */
  askedAt: Instant;
  /** The legibility notices of this link. */
  legibility: LegibilityNotices;
}

/** Reconnects until aborted or disposed, each time with a new key. Pictures in between are lost. */
export function openReaderWay(parts: ReaderWayParts, reader: Reader, signal: AbortSignal): ReaderWay {
  const { clock, random, log } = parts;
  const over = new AbortController();
  const notices = noticing();
  const firstLink = Promise.withResolvers<void>();
  let link: Link | undefined;
  let failures = 0;
  // The standby serves the first attempt only; a later one opens a socket, which the relay refuses where it knows no such look.
  const taken = parts.standby?.take();
  let ready = taken?.socket;
  const linked = keep(
    async (until) => {
      const patience = patiences[failures++] ?? seconds(5);
      const first = ready;
      ready = undefined;
      await connect({ ...parts, ready: first }, reader, patience, until, (now) => {
        link = now;
        if (!now) return;
        failures = 0;
        firstLink.resolve();
      });
    },
    {
      clock,
      waits: () => backoff(ladder, random),
      steadyAfter: steady,
      ended: (fault) => log.info('The picture socket is opened again.', { code: fault?.code }),
    },
    AbortSignal.any([signal, over.signal]),
  );
  return {
    linked: firstLink.promise,
    async take(coded) {
      if (link) await publish(parts, link, coded, notices);
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await linked;
      taken?.release();
    },
  };
}

/** Holds one connection for as long as it lasts. */
async function connect(
  parts: ReaderWayParts & { readonly ready: Socket | undefined },
  reader: Reader,
  patience: ReturnType<typeof milliseconds>,
  signal: AbortSignal,
  has: (link: Link | undefined) => void,
): Promise<void> {
  const { look, unitPrivateKey, coding, control, wantKey, clock } = parts;
  let window: WatchedWindow | undefined;
  let link: Link | undefined;
  const onMessage = (bytes: Uint8Array) => {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) return;
    if (packet.type === 'ack') window?.acknowledged(packet.counter, clock.now());
    if (packet.type === 'want-key') {
      // The viewer has thrown away what was under way.
      window?.clear();
      wantKey();
      // A new viewer has had no notices yet.
      if (link) link.legibility = legibilityNotices();
    }
  };
  const { operatorKey } = reader;
  const sealing = sealLook({ look: look.look, operatorKey, unitPrivateKey, ...(coding ? { coding } : {}) }).catch(
    asFault,
  );
  using socket = await socketFor(parts, reader, patience, onMessage, signal);
  const sealed = await sealing;
  if (sealed instanceof Fault) throw sealed;
  socket.send(writePicturePacket({ type: 'opening', opening: sealed.opening }));
  using watched = control.watch(clock.now());
  window = watched;
  if (!parts.begins?.()) wantKey();
  link = {
    socket,
    sealed,
    window: watched,
    counter: 0,
    waitsForKey: true,
    askedAt: clock.now(),
    legibility: legibilityNotices(),
  };
  has(link);
  try {
    throw await socket.closed;
  } finally {
    has(undefined);
  }
}

/** The standby socket, or a new one. Aborting closes it. */
async function socketFor(
  { relayUrl, ca, unit, token, certified, look, ready, clock }: ReaderWayParts & { readonly ready: Socket | undefined },
  { operator }: Reader,
  patience: ReturnType<typeof milliseconds>,
  onMessage: (bytes: Uint8Array) => void,
  signal: AbortSignal,
): Promise<Socket> {
  const colleague = operator === look.operator ? undefined : operator;
  if (ready) {
    const abort = () => ready[Symbol.dispose]();
    signal.addEventListener('abort', abort, { once: true });
    void ready.closed.then(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
    ready.begin(onMessage);
    const assignment = { look: look.look, ...(colleague === undefined ? {} : { reader: colleague }) };
    ready.send(writePicturePacket({ type: 'assign', assignment }));
    return ready;
  }
  const joined = colleague === undefined ? '' : `&reader=${encodeURIComponent(colleague)}`;
  const place = {
    ...unitPlace(relayUrl(), unit, token, `?look=${look.look}${joined}`),
    ...(ca ? { ca } : {}),
    ...tlsOf(certified),
  };
  return openSocket({ ...place, onMessage, patience, clock }, signal);
}

async function publish(
  { clock, shown, used, wantKey, offered }: ReaderWayParts,
  link: Link,
  one: Coded,
  notices: ReturnType<typeof noticing>,
): Promise<void> {
  const now = clock.now();
  for (const notice of notices(one, now, used))
    used.add(await send(link, 'notice', new TextEncoder().encode(JSON.stringify(notice))), now);
  if (notices.changed()) shown?.(one.type === 'coded' ? 'picture' : one.why);
  if (one.type !== 'coded') return;
  const legibility = link.legibility(one.hard, offered);
  if (legibility) used.add(await send(link, 'notice', new TextEncoder().encode(JSON.stringify(legibility))), now);
  // A reader whose window is full, while others' are not, waits for the next keyframe.
  if (!link.window.ready) link.waitsForKey = true;
  else if (one.key) link.waitsForKey = false;
  if (link.waitsForKey) {
    if (link.window.ready && now - link.askedAt >= asksAgain) {
      link.askedAt = now;
      wantKey();
    }
    return;
  }
  const counter = link.counter;
  const bytes = await send(link, one.key ? 'key' : 'delta', new Uint8Array(one.data));
  link.window.sent(counter, bytes, clock.now());
  used.add(bytes, now);
}

async function send(link: Link, kind: SealedKind, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  link.counter++;
  const packet = writePicturePacket({ type: kind, sealed: await link.sealed.seal(kind, bytes) });
  link.socket.send(packet);
  return packet.length;
}

/** Notices of what is shown: at each change, and once a second while there is no picture, for a viewer who has joined. */
function noticing() {
  let told: 'nothing' | 'picture' | NoPicture = 'nothing';
  let toldAt: Instant = instant(0);
  let usageAt: Instant | undefined;
  let changed = false;
  const due = (one: Coded, at: Instant, used: DataUsed): readonly PictureNotice[] => {
    const now = one.type === 'coded' ? 'picture' : one.why;
    changed = now !== told;
    const notices: PictureNotice[] = [];
    if (changed || (now !== 'picture' && at - toldAt >= noticeEvery)) {
      [told, toldAt] = [now, at];
      notices.push(one.type === 'coded' ? { type: 'picture' } : { type: 'no-picture', why: one.why });
    }
    usageAt ??= at;
    if (at - usageAt >= usageEvery) {
      usageAt = at;
      notices.push({ type: 'usage', ...used.soFar(at) });
    }
    return notices;
  };
  return Object.assign(due, { changed: () => changed });
}
