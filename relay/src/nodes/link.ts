/**
 * A socket over the bus: sealed pictures of one way from the unit's door to the viewer's, and what the viewer says back. The other end
 * says how much it has taken, so that what waits in between is known here, and never grows in NATS.
 */
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Bus } from '../bus/bus.ts';
import type { Socket } from '../socket/socket.ts';

/** The first byte of what is said over it. */
const kinds = { open: 0, data: 1, taken: 2, close: 3 } as const;
/** A pass beats twice a second (`pass/pass.ts`): an end that hears nothing for so long is alone. */
const longestSilence = seconds(3);
const watching = seconds(1);

export interface Link extends Socket {
  /** The unit's end says that it is there. */
  open(): void;
  onOpen(call: () => void): void;
  readonly isOver: boolean;
  /** The unit's end has said so. */
  readonly isOpen: boolean;
}

/** @param say subject that the other end listens to @param hear its own */
export function openLink(parts: {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly say: string;
  readonly hear: string;
}): Link {
  const { bus, clock, say, hear } = parts;
  const onMessage: ((bytes: Uint8Array<ArrayBuffer>) => void)[] = [];
  const onClose: (() => void)[] = [];
  const onOpen: (() => void)[] = [];
  let [sent, taken, mine] = [0, 0, 0];
  let heardAt = clock.steady();
  let [isOver, isOpen] = [false, false];

  const end = () => {
    if (isOver) return;
    isOver = true;
    ear[Symbol.dispose]();
    state[Symbol.dispose]();
    watch[Symbol.dispose]();
    for (const call of onClose) call();
  };
  const put = (kind: number, bytes: Uint8Array = new Uint8Array()) => {
    const frame = new Uint8Array(1 + bytes.length);
    frame[0] = kind;
    frame.set(bytes, 1);
    return bus.publish(say, frame);
  };
  const ear = bus.subscribe(hear, ({ bytes }) => {
    if (isOver) return;
    heardAt = clock.steady();
    const rest = bytes.subarray(1);
    switch (bytes[0]) {
      case kinds.open:
        isOpen = true;
        for (const call of onOpen) call();
        return;
      case kinds.data:
        mine += rest.length;
        for (const call of onMessage) call(new Uint8Array(rest));
        put(kinds.taken, countOf(mine));
        return;
      case kinds.taken:
        if (rest.length === 8) taken = Math.min(sent, new DataView(rest.buffer, rest.byteOffset, 8).getFloat64(0));
        return;
      case kinds.close:
        end();
    }
  });
  const state = bus.onChange((isUp) => {
    if (!isUp) end();
  });
  const watch = clock.every(watching, () => {
    if (clock.steady() - heardAt > longestSilence) close();
  });
  const close = () => {
    if (isOver) return;
    put(kinds.close);
    end();
  };

  return {
    get isOver() {
      return isOver;
    },
    get isOpen() {
      return isOpen;
    },
    get queued() {
      return sent - taken;
    },
    open: () => void put(kinds.open),
    onOpen: (call) => void onOpen.push(call),
    send(data) {
      if (isOver || typeof data === 'string') return;
      sent += data.length;
      if (!put(kinds.data, data)) end();
    },
    close,
    cut: close,
    onMessage: (call) => void onMessage.push(call),
    onClose: (call) => void (isOver ? call() : onClose.push(call)),
    wire() {
      throw new TypeError('a link carries packets and no stream');
    },
  };
}

function countOf(bytes: number): Uint8Array {
  const count = new Uint8Array(8);
  new DataView(count.buffer).setFloat64(0, bytes);
  return count;
}
