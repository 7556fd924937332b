/** The worker that holds a look's private key: opens what the unit sealed and hands pictures to the page; keeps none. */
import { makeOperatorKey, type OperatorKey } from '@nattfrid/shared/seal/hpke';
import { systemClock } from '@nattfrid/shared/time/clock';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import { config } from 'zod';
import { canDecode } from './decode.ts';
import { type Opener, opener } from './opener.ts';
import { keepPictureSocket } from './picture-socket.ts';
import type { FromWorker, ToWorker } from './picture-talk.ts';

// The page's security policy lets no text be run as code, which zod would try.
config({ jitless: true });

const page = self as unknown as {
  postMessage(word: FromWorker, transfer?: Transferable[]): void;
  onmessage: ((message: MessageEvent<ToWorker>) => void) | null;
};

let key: OperatorKey | undefined;
let open: Opener | undefined;
const over = new AbortController();

async function prepare(): Promise<void> {
  if (!canDecode()) return page.postMessage({ type: 'lacking', what: 'video-decoder' });
  try {
    key = await makeOperatorKey();
  } catch {
    return page.postMessage({ type: 'lacking', what: 'key' });
  }
  page.postMessage({ type: 'prepared', operatorKey: toBase64Url(key.publicKey) });
}

function watch(word: Extract<ToWorker, { type: 'watch' }>): void {
  if (!key || open) return;
  const socket = keepPictureSocket(
    {
      address: word.address,
      clock: systemClock,
      random: Math.random,
      hear: (bytes) => open?.take(bytes),
      lost: () => page.postMessage({ type: 'link-lost' }),
    },
    over.signal,
  );
  open = opener({
    look: word.look,
    key,
    unitKey: fromBase64Url(word.unitKey),
    send: (packet) => socket.send(packet),
    tell: (told, transfer) => {
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
    case 'end':
      over.abort();
      open?.close();
      key = undefined;
  }
};
