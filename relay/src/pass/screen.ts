/** One screen that a look is on: it is handed each packet of the unit, or misses it where its link is slow. */
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { PicturePacket } from '@nattfrid/shared/wire/picture';
import type { Socket } from '../socket/socket.ts';
import { type Viewer, viewerMachine } from './viewer.ts';

export interface PassFigures {
  /** A picture has been handed on. */
  passed(bytes: number): void;
  /** A picture has been left out for a slow viewer. */
  dropped(): void;
}

export interface Screen {
  readonly socket: Socket;
  /** `link`: it passes on to screens at another node, what they say comes back through it, and nobody has seen what it is handed. */
  readonly how: 'screen' | 'link';
  state: Viewer;
  /** Packets that it has sent in this second, which began then. */
  said: { readonly since: Instant; readonly packets: number };
  sentAt: Instant;
}

/** Packets that one screen may send in a second: one acknowledgement for each picture is a sixth of this. */
const mostSaid = 120;

/** @returns whether it may say one packet more: whoever says more is no screen of ours */
export function mayStillSpeak(screen: Screen, now: Instant): boolean {
  if (screen.how === 'link') return true;
  const { since, packets } = screen.said;
  screen.said = now - since >= 1000 ? { since: now, packets: 1 } : { since, packets: packets + 1 };
  return screen.said.packets <= mostSaid;
}

/** Bytes that may wait for one viewer. */
const room = 256 * 1024;
const machine = viewerMachine(room);

export const newScreen = (socket: Socket, how: Screen['how'], sentAt: Instant): Screen => ({
  socket,
  how,
  state: machine.initial,
  said: { since: sentAt, packets: 0 },
  sentAt,
});

/** @returns `key-wanted` where the screen can show nothing before a new keyframe, `key-shown` where it has just been handed one */
export function show(
  screen: Screen,
  kind: PicturePacket['type'],
  bytes: Uint8Array,
  { clock, figures }: { readonly clock: Clock; readonly figures: PassFigures },
): 'key-wanted' | 'key-shown' | undefined {
  const { socket } = screen;
  const [next, effects] = machine.step(screen.state, { kind, bytes: bytes.length, queued: socket.queued });
  screen.state = next;
  let came: 'key-wanted' | 'key-shown' | undefined =
    kind === 'key' && next.name === 'flowing' ? 'key-shown' : undefined;
  for (const effect of effects) {
    switch (effect.type) {
      case 'send':
        socket.send(bytes);
        screen.sentAt = clock.now();
        figures.passed(bytes.length);
        break;
      case 'dropped':
        figures.dropped();
        break;
      case 'want-key':
        came = 'key-wanted';
    }
  }
  return came;
}
