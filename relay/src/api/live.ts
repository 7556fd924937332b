/**
 * The live stream: the whole desk first, then each change, and a beat; one who does not keep up is cut and comes back. A relay that
 * cannot save does not beat: what a console shows then is as old as it is.
 */
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import { briefUnit, type UnitView } from '@nattfrid/shared/desk/unit-view';
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
  /** Of the console that is served here. */
  readonly build?: string | undefined;
  readonly failed: (error: unknown) => void;
}

/** @param brief units come as `briefUnit` makes them, and only where that is another than was told last */
export function goLive(parts: LiveParts, socket: Socket, who: Viewer, brief = false): void {
  const { hub, clock, readDesk, canSave, build } = parts;
  const shortened = brief ? inBrief() : (event: LiveEvent) => event;
  let early: LiveEvent[] | undefined = [];
  const send = (event: LiveEvent) => {
    const seen = parts.seen(who, event);
    const own = seen && shortened(seen);
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
      send({ type: 'desk', now: printInstant(clock.now()), desk, ...(build !== undefined && { build }) });
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

/** For one listener: what it was told of each unit last, and nothing that says the same once more. */
function inBrief(): (event: LiveEvent) => LiveEvent | undefined {
  const told = new Map<string, string>();
  const isNew = (unit: UnitView) => {
    const words = JSON.stringify(unit);
    if (told.get(unit.unit) === words) return false;
    told.set(unit.unit, words);
    return true;
  };
  return (event) => {
    switch (event.type) {
      case 'unit': {
        const unit = briefUnit(event.unit);
        return isNew(unit) ? { ...event, unit } : undefined;
      }
      case 'desk': {
        told.clear();
        const units = event.desk.units.map(briefUnit);
        for (const unit of units) isNew(unit);
        return { ...event, desk: { ...event.desk, units } };
      }
      default:
        return event;
    }
  };
}
