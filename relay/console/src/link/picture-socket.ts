/** The picture socket of one look: kept alive until aborted; packets out, bytes in. */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type PicturePacket, writePicturePacket } from '@nattfrid/shared/wire/picture';

/** A look lasts two minutes: no time for long waits. */
const pictureLadder: Ladder = [
  { wait: milliseconds(250), times: 4 },
  { wait: seconds(1), times: Number.POSITIVE_INFINITY },
];

export interface PictureSocket {
  /** Lost while there is no connection: what it would say is out of date by then. */
  send(packet: PicturePacket): void;
}

export function keepPictureSocket(
  props: {
    readonly address: string;
    readonly clock: Clock;
    readonly random: () => number;
    readonly hear: (bytes: Uint8Array) => void;
    readonly lost: () => void;
  },
  signal: AbortSignal,
): PictureSocket {
  let open: WebSocket | undefined;
  const once = () =>
    new Promise<'over' | 'broken'>((resolve) => {
      const socket = new WebSocket(props.address);
      socket.binaryType = 'arraybuffer';
      const end = (event: CloseEvent | Event) => {
        signal.removeEventListener('abort', end);
        socket.onmessage = socket.onclose = socket.onopen = null;
        socket.close();
        open = undefined;
        resolve('code' in event && event.code === closeCodes.lookOver ? 'over' : 'broken');
      };
      signal.addEventListener('abort', end);
      socket.onopen = () => {
        open = socket;
      };
      socket.onmessage = (message) => {
        if (message.data instanceof ArrayBuffer) props.hear(new Uint8Array(message.data));
      };
      socket.onclose = end;
    });
  void (async () => {
    const waits = backoff(pictureLadder, props.random);
    while (!signal.aborted) {
      // To ask again for a look that is over would be denied, and stand in the audit log as an attempt.
      if ((await once()) === 'over' || signal.aborted) return;
      props.lost();
      await props.clock.sleep(waits.next().value, signal);
    }
  })();
  return { send: (packet) => open?.send(writePicturePacket(packet)) };
}
