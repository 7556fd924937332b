/** The second way out, for pictures alone: a WebSocket that exists only during a look, on which nothing can be read but by one console. */
import { sockets } from '@nattfrid/shared/desk/routes';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { NoPicture } from '@nattfrid/shared/domain/look';
import { Fault } from '@nattfrid/shared/fault/fault';
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
import type { PictureWindow } from './picture-window.ts';
import { openSocket, type Socket } from './socket.ts';

export interface PublishingPictures {
  /** http(s):// or ws(s)://, without a path. */
  readonly relayUrl: string;
  /** A certificate authority of the relay's own, PEM. */
  readonly ca?: string;
  readonly unit: UnitId;
  readonly token: string;
  readonly look: OpenLook;
  readonly unitPrivateKey: CryptoKey;
  readonly coded: AsyncIterable<Coded>;
  /** How the pictures are coded, where it is not as `silhouetteCoding` says. */
  readonly coding?: Coding;
  /** Shared with whoever encodes, who asks it before each picture. */
  readonly window: PictureWindow;
  /** A viewer has nothing to begin with: the next picture should need no other. */
  readonly wantKey: () => void;
  /** Told when what the operator gets to see changes: a picture, or why there is none. */
  readonly shown?: (what: 'picture' | NoPicture) => void;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
}

/** A look lasts a minute or two: it must be back at once. */
const ladder: Ladder = [
  { wait: milliseconds(200), times: 5 },
  { wait: seconds(1), times: Number.POSITIVE_INFINITY },
];
const noticeEvery = seconds(1);

interface Link {
  readonly socket: Socket;
  readonly sealed: SealedLook;
  /** As many as were sealed: the next one's counter. */
  counter: number;
  /** The viewer can begin only with a key picture. */
  begun: boolean;
}

/** Runs until the pictures end or it is aborted; reconnects by itself in between, each time with a new key. Pictures meanwhile are lost. */
export async function publishPictures(parts: PublishingPictures, signal: AbortSignal): Promise<void> {
  const { coded, clock, random, log } = parts;
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  let link: Link | undefined;
  const linked = keep(
    (until) => connect(parts, (now) => (link = now), until),
    {
      clock,
      waits: () => backoff(ladder, random),
      ended: (fault) => log.info('The picture socket is opened again.', { code: fault?.code }),
    },
    both,
  );
  try {
    const notices = noticing();
    for await (const one of coded) {
      if (both.aborted) break;
      if (link) await publish(parts, link, one, notices);
    }
  } finally {
    over.abort();
    await linked;
  }
}

/** Holds one connection for as long as it lasts. */
async function connect(
  { relayUrl, ca, unit, token, look, unitPrivateKey, coding, window, wantKey }: PublishingPictures,
  has: (link: Link | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  const { operatorKey } = look;
  const sealed = await sealLook({ look: look.look, operatorKey, unitPrivateKey, ...(coding ? { coding } : {}) });
  if (sealed instanceof Fault) throw sealed;
  const url = new URL(`${sockets.unit}?look=${look.look}`, relayUrl);
  url.protocol = url.protocol.replace('http', 'ws');
  const onMessage = (bytes: Uint8Array) => {
    const packet = readPicturePacket(bytes);
    if (packet instanceof Fault) return;
    if (packet.type === 'ack') window.acknowledged(packet.counter);
    if (packet.type === 'want-key') {
      // Whoever asks has thrown away what was under way.
      window.clear();
      wantKey();
    }
  };
  using socket = await openSocket(
    { url: url.href, headers: { authorization: `Bearer ${unit}:${token}` }, onMessage, ...(ca ? { ca } : {}) },
    signal,
  );
  socket.send(writePicturePacket({ type: 'opening', opening: sealed.opening }));
  window.clear();
  wantKey();
  has({ socket, sealed, counter: 0, begun: false });
  try {
    throw await socket.closed;
  } finally {
    has(undefined);
    window.clear();
  }
}

async function publish(
  { window, clock, shown }: PublishingPictures,
  link: Link,
  one: Coded,
  notices: ReturnType<typeof noticing>,
): Promise<void> {
  const notice = notices(one, clock.now());
  if (notice) {
    await send(link, 'notice', new TextEncoder().encode(JSON.stringify(notice.notice)));
    if (notice.changed) shown?.(one.type === 'coded' ? 'picture' : one.why);
  }
  if (one.type !== 'coded') return;
  if (!link.begun && !one.key) return;
  link.begun = true;
  const counter = link.counter;
  const bytes = await send(link, one.key ? 'key' : 'delta', new Uint8Array(one.data));
  window.sent(counter, bytes, clock.now());
}

async function send(link: Link, kind: SealedKind, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  link.counter++;
  const packet = writePicturePacket({ type: kind, sealed: await link.sealed.seal(kind, bytes) });
  link.socket.send(packet);
  return packet.length;
}

/** Says what is shown when it changes, and again once a second while there is no picture: somebody may have joined. */
function noticing() {
  let told: 'nothing' | 'picture' | NoPicture = 'nothing';
  let toldAt: Instant = instant(0);
  return (one: Coded, at: Instant): { readonly notice: PictureNotice; readonly changed: boolean } | undefined => {
    const now = one.type === 'coded' ? 'picture' : one.why;
    const changed = now !== told;
    if (!changed && (now === 'picture' || at - toldAt < noticeEvery)) return undefined;
    [told, toldAt] = [now, at];
    return { notice: one.type === 'coded' ? { type: 'picture' } : { type: 'no-picture', why: one.why }, changed };
  };
}
