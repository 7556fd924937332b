/** The picture socket of one look: kept alive until aborted; packets out, bytes in. */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type PicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';

/** Short, because a look lasts two minutes. */
const pictureLadder: Ladder = [
  { wait: milliseconds(250), times: 12 },
  { wait: seconds(1), times: Number.POSITIVE_INFINITY },
];

/** The relay sends something twice a second, if only its beat: after this silence the browser's own link is broken. */
const longestSilence = milliseconds(1500);
/** How long each attempt to open may take; longer after every failure, for poor links. */
const opensWithin = [milliseconds(1500), milliseconds(1500), milliseconds(2500), seconds(5)];

const overCodes: ReadonlySet<number> = new Set([closeCodes.lookOver, closeCodes.sessionOver]);

interface PictureSocket {
  /** Drops the packet while there is no connection: it would arrive out of date. */
  send(packet: PicturePacket): void;
}

export function keepPictureSocket(
  props: {
    readonly address: string;
    readonly clock: Clock;
    readonly random: () => number;
    readonly hear: (bytes: Uint8Array) => void;
    readonly lost: () => void;
    /** Resolves when the unit has said yes. Until then the relay does not answer, and is asked only once. */
    readonly allowed: Promise<void>;
  },
  signal: AbortSignal,
): PictureSocket {
  let open: WebSocket | undefined;
  let failures = 0;
  let isAllowed = false;
  let heardAt = props.clock.now();
  const mayCome = props.allowed.then(() => {
    isAllowed = true;
    heardAt = props.clock.now();
  });
  const once = () =>
    new Promise<'over' | 'broken'>((resolve) => {
      const socket = new WebSocket(props.address);
      socket.binaryType = 'arraybuffer';
      let patience = opensWithin[failures++] ?? seconds(5);
      heardAt = props.clock.now();
      const watch = props.clock.every(milliseconds(250), () => {
        if (isAllowed && props.clock.now() - heardAt > patience) end(new Event('silent'));
      });
      const end = (event: CloseEvent | Event) => {
        watch[Symbol.dispose]();
        signal.removeEventListener('abort', end);
        socket.onmessage = socket.onclose = socket.onopen = null;
        socket.close();
        open = undefined;
        resolve('code' in event && overCodes.has(event.code) ? 'over' : 'broken');
      };
      signal.addEventListener('abort', end);
      socket.onopen = () => {
        open = socket;
        failures = 0;
        patience = longestSilence;
        heardAt = props.clock.now();
      };
      socket.onmessage = (message) => {
        heardAt = props.clock.now();
        if (message.data instanceof ArrayBuffer) props.hear(new Uint8Array(message.data));
      };
      socket.onclose = end;
    });
  void (async () => {
    let waits = backoff(pictureLadder, props.random);
    while (!signal.aborted) {
      // A look that is over is not asked for again: the refusal would stand in the audit log as an attempt.
      if ((await once()) === 'over' || signal.aborted) return;
      if (!isAllowed) {
        await mayCome;
        continue;
      }
      props.lost();
      if (failures === 0) waits = backoff(pictureLadder, props.random);
      await props.clock.sleep(waits.next().value, signal);
    }
  })();
  return { send: (packet) => open?.send(writePicturePacket(packet)) };
}
