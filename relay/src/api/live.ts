/**
 * The live stream: the whole desk first, then each change, and a beat; one who does not keep up is cut and comes back. A relay that
 * cannot save does not beat: what a console shows then is as old as it is.
 */
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Duration } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Seen, Viewer } from '../organisations/seen.ts';
import type { Socket } from '../socket/socket.ts';
import type { Hub } from '../tell/hub.ts';
import type { ReadDesk } from './desk.ts';

/** More waits than this: it has missed too much, and a fresh desk is better. */
const room = 1024 * 1024;

export interface LiveParts {
  readonly hub: Hub;
  readonly clock: Clock;
  readonly beat: Duration;
  readonly readDesk: ReadDesk;
  /** Each event as whoever listens may see it. */
  readonly seen: Seen;
  readonly canSave: () => boolean;
  readonly failed: (error: unknown) => void;
}

export function goLive(parts: LiveParts, socket: Socket, who: Viewer): void {
  const { hub, clock, readDesk, canSave } = parts;
  let early: LiveEvent[] | undefined = [];
  const send = (event: LiveEvent) => {
    const own = parts.seen(who, event);
    if (!own) return;
    if (socket.queued > room) socket.cut();
    else socket.send(JSON.stringify(own));
  };
  const listening = hub.listen((event) => {
    if (early) early.push(event);
    else send(event);
  });
  let beating: Disposable | undefined;
  let over = false;
  const beat = () => {
    if (canSave()) send({ type: 'beat', now: printInstant(clock.now()) });
  };
  socket.onClose(() => {
    over = true;
    listening[Symbol.dispose]();
    beating?.[Symbol.dispose]();
  });
  readDesk().then(
    (desk) => {
      send({ type: 'desk', now: printInstant(clock.now()), desk });
      // What changed while the desk was read comes after it; what both hold is the same.
      for (const event of early ?? []) send(event);
      early = undefined;
      if (!over) beating = clock.every(parts.beat, beat);
    },
    (error) => {
      parts.failed(error);
      socket.cut();
    },
  );
}
