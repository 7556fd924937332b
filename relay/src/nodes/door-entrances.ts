/** Which sockets may be opened at a door of several: whoever decides is asked, and the socket then stays here. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { longestMessage } from '@nattfrid/shared/wire/envelope';
import { longestPicture } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { openStandby } from '../pass/standby.ts';
import type { Entrance } from '../socket/door.ts';
import type { NodeDoor } from './node-door.ts';

export function doorEntrances(door: NodeDoor): Readonly<Record<string, Entrance>> {
  const { pass, broker } = door;
  const standing = openStandby(pass);
  const admit: Entrance['admit'] = async (knock) => {
    const may = await door.knock(knock);
    if (may instanceof Fault) return may;
    const { guest, look } = may;
    if (may.type === 'view') return { guest, welcome: (socket) => pass.viewer(may.look, may.operator, socket) };
    if (!look) return { guest, welcome: (socket) => standing.add(may.guest.unit, socket) };
    return { guest, welcome: (socket) => pass.unit(look, socket, may.reader) };
  };
  return {
    [sockets.viewer]: { longest: 1024, admit },
    [sockets.unit]: { longest: longestPicture + 1, admit },
    [sockets.mqtt]: {
      longest: 4 * longestMessage,
      protocol: 'mqtt',
      speaks: true,
      admit: async ({ address }) => ({ welcome: (socket, shows) => broker.attach(socket.wire(), address, shows) }),
    },
  };
}
