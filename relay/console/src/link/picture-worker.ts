/** The worker that holds a look's private key: opens what the unit sealed, hands pictures to the page, and keeps none. */
import { makeOperatorKey, type OperatorKey } from '@nattfrid/shared/seal/hpke';
import { type Coding, silhouetteCoding } from '@nattfrid/shared/seal/seal-look';
import { systemClock } from '@nattfrid/shared/time/clock';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { config } from 'zod';
import { canDecode, openDecoder } from './decode.ts';
import { openSlowDecoders } from './decode-slowly.ts';
import type { Decoded, Decoding } from './decoding.ts';
import { type Opener, opener } from './opener.ts';
import { keepPictureSocket } from './picture-socket.ts';
import type { Drawable, FromWorker, ToWorker } from './picture-talk.ts';

// The page's security policy forbids eval, which zod would use.
config({ jitless: true });

const page = self as unknown as {
  postMessage(word: FromWorker, transfer?: Transferable[]): void;
  onmessage: ((message: MessageEvent<ToWorker>) => void) | null;
};

type OpenDecoding = (coding: Coding, decoded: Decoded<Drawable>) => Decoding;

let decoding: OpenDecoding | undefined;
let key: OperatorKey | undefined;
let open: Opener | undefined;
const over = new AbortController();
const allowed = Promise.withResolvers<void>();

const toScreen = (rgba: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) =>
  createImageBitmap(new ImageData(rgba, width, height));

async function prepare(): Promise<void> {
  const quick = await canDecode(silhouetteCoding.codec);
  const slow = quick ? undefined : await openSlowDecoders<Drawable>(toScreen);
  if (!quick && !slow) return page.postMessage({ type: 'lacking', what: 'video-decoder' });
  try {
    key = await makeOperatorKey();
  } catch {
    return page.postMessage({ type: 'lacking', what: 'key' });
  }
  decoding = slow ?? decodingReady(silhouetteCoding);
  page.postMessage({ type: 'prepared', operatorKey: toBase64Url(key.publicKey) });
}

/** A decoder that is open before the first picture, for the usual coding; any other coding opens its own. */
function decodingReady(usual: Coding): OpenDecoding {
  let first: Decoded<Drawable> | undefined;
  const ready = openDecoder(usual.codec, {
    show: (frame, taken) => (first ? first.show(frame, taken) : frame.close()),
    failed: () => first?.failed(),
  });
  return (coding, decoded) => {
    if (first || coding.codec !== usual.codec) return openDecoder(coding.codec, decoded);
    first = decoded;
    return ready;
  };
}

/** One picture at a time is on its way to the page, and the newest waits: a slow page skips pictures and does not fall behind. */
let handed = false;
let newest: Extract<FromWorker, { type: 'picture' }> | undefined;
function hand(picture: Extract<FromWorker, { type: 'picture' }>): void {
  if (handed) {
    newest?.frame.close();
    newest = picture;
    return;
  }
  handed = true;
  page.postMessage(picture, [picture.frame]);
}
function drawn(): void {
  const next = newest;
  handed = false;
  newest = undefined;
  if (next) hand(next);
}

function watch(word: Extract<ToWorker, { type: 'watch' }>): void {
  if (!key || !decoding || open) return;
  if (word.isAllowed) allowed.resolve();
  const socket = keepPictureSocket(
    {
      address: word.address,
      clock: systemClock,
      random: Math.random,
      allowed: allowed.promise,
      hear: (bytes) => open?.take(bytes),
      lost: () => page.postMessage({ type: 'link-lost' }),
    },
    over.signal,
  );
  open = opener({
    look: word.look,
    key,
    unitKey: fromBase64Url(word.unitKey),
    decoding,
    send: (packet) => socket.send(packet),
    tell: (told, transfer) => {
      if (told.type === 'picture') return hand(told);
      if (told.type === 'untrusted') over.abort();
      page.postMessage(told, transfer);
    },
  });
}

page.onmessage = ({ data }) => {
  switch (data.type) {
    case 'prepare':
      return void prepare();
    case 'watch':
      return watch(data);
    case 'allowed':
      return allowed.resolve();
    case 'drawn':
      return drawn();
    case 'end':
      over.abort();
      open?.close();
      key = undefined;
  }
};
