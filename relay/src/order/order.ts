/** What the relay tells a unit: sent at once to one that is connected; nothing is kept for one that is not. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import type { Message, NamesFrom } from '@nattfrid/shared/wire/messages';

/** The way down, as the broker has it. */
export interface WayDown {
  /** @returns whether the unit is connected */
  send(unit: UnitId, name: NamesFrom<'relay'>, bytes: Uint8Array): boolean;
}

export interface Orders {
  /**
   * A look call is given up on by the look itself (`answerWithin` of its machine), which a restart of the relay does not forget.
   * @returns a Fault `unit-unreachable` where the unit is not connected
   */
  give<Name extends NamesFrom<'relay'>>(unit: UnitId, name: Name, body: Message<Name>): Fault | undefined;
}

export function openOrders(parts: {
  readonly way: WayDown;
  readonly clock: Clock;
  readonly newId: () => string;
}): Orders {
  const { way, clock, newId } = parts;
  return {
    give(unit, name, body) {
      if (way.send(unit, name, writeLetter(name, unit, newId(), clock.now(), body))) return undefined;
      return new Fault('unit-unreachable', `The unit ${unit} is not connected. Nothing was sent to it.`);
    },
  };
}
