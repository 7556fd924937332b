/**
 * Connections of units that stand by: let in, and for no look yet. The first packet of a connection names its look, so that the
 * first picture of a look waits for no handshake. Whether that look is open for this unit is checked then, as at the door.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { readPicturePacket } from '@nattfrid/shared/wire/picture';
import type { Socket } from '../socket/socket.ts';
import type { Pass } from './pass.ts';

interface Standby {
  add(unit: UnitId, socket: Socket): void;
}

/** A unit uses one; after a lost link it may connect again before the relay knows that the old connection is dead. */
const mostOfOne = 3;

export function openStandby(pass: Pick<Pass, 'unit' | 'unitMay'>): Standby {
  const standing = new Map<UnitId, Set<Socket>>();
  const remove = (unit: UnitId, socket: Socket): boolean => {
    const mine = standing.get(unit);
    const was = mine?.delete(socket) ?? false;
    if (mine?.size === 0) standing.delete(unit);
    return was;
  };
  return {
    add(unit, socket) {
      const mine = standing.get(unit) ?? new Set();
      standing.set(unit, mine.add(socket));
      const [eldest] = mine;
      if (mine.size > mostOfOne && eldest) {
        mine.delete(eldest);
        eldest.close(closeCodes.takenOver, 'the unit has connected anew');
      }
      socket.onClose(() => void remove(unit, socket));
      socket.onMessage((bytes) => {
        // After its first packet, what comes over a connection is for the pass.
        if (!remove(unit, socket)) return;
        const packet = readPicturePacket(bytes);
        if (packet instanceof Fault || packet.type !== 'assign')
          return socket.close(closeCodes.notAsked, 'first of all: for which look');
        const { look, reader } = packet.assignment;
        if (!pass.unitMay(look, unit, reader)) return socket.close(closeCodes.lookOver, 'no such look is open');
        pass.unit(look, socket, reader);
      });
    },
  };
}
