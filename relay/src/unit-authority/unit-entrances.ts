/** Which sockets a unit with a certificate may open: the same two as one with a token, each judged before it is one. */

import { LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import { longestMessage } from '@nattfrid/shared/wire/envelope';
import { longestPicture } from '@nattfrid/shared/wire/picture';
import { sockets } from '@nattfrid/shared/wire/sockets';
import type { Refusals } from '../audit/refusals.ts';
import type { Pass } from '../pass/pass.ts';
import { openStandby } from '../pass/standby.ts';
import type { Entrance, Knock } from '../socket/door.ts';
import type { Guest } from '../socket/guests.ts';
import type { Socket } from '../socket/socket.ts';
import { certificateCredential } from '../store/units-table.ts';
import type { Judged, Shown } from './judge.ts';
import { expired, notThisUnit, shownBy, writeRefusal } from './listen-for-units.ts';

export type UnitGuest = Extract<Guest, { type: 'unit' }>;

export function unitEntrances(parts: {
  readonly judge: (shown: Shown) => Promise<Judged>;
  /** It has come in: written down where it is the first time. */
  readonly came: (judged: Extract<Judged, { type: 'valid' | 'expired' }>) => Promise<void>;
  readonly attach: (socket: Socket, address: string, shows: (credential: string) => void, guest: UnitGuest) => void;
  readonly pass: Pass;
  readonly refusals: Refusals;
}): Readonly<Record<string, Entrance>> {
  const { pass, refusals } = parts;
  const standing = openStandby(pass);
  async function admit(knock: Knock): Promise<UnitGuest | Fault> {
    const judged = await parts.judge(shownBy(knock.request));
    if (judged.type === 'refused' || judged.type === 'expired') {
      const why = judged.type === 'refused' ? judged.why : 'certificate-expired';
      await writeRefusal(refusals, { type: 'refused', why, ...(judged.unit && { unit: judged.unit }) }, knock.address);
      return judged.type === 'refused' ? notThisUnit(judged) : expired();
    }
    await parts.came(judged);
    return { type: 'unit', unit: judged.unit, credential: certificateCredential(judged.certificate.serial) };
  }
  return {
    [sockets.mqtt]: {
      longest: 4 * longestMessage,
      protocol: 'mqtt',
      speaks: true,
      async admit(knock) {
        const guest = await admit(knock);
        if (guest instanceof Fault) return guest;
        return { guest, welcome: (socket, shows) => parts.attach(socket, knock.address, shows, guest) };
      },
    },
    [sockets.unit]: {
      longest: longestPicture + 1,
      async admit(knock) {
        const guest = await admit(knock);
        if (guest instanceof Fault) return guest;
        const { unit } = guest;
        if (!knock.query.has('look')) return { guest, welcome: (socket) => standing.add(unit, socket) };
        const look = LookId.safeParse(knock.query.get('look'));
        const reader = knock.query.get('reader') ?? undefined;
        if (look.success && pass.unitMay(look.data, unit, reader))
          return { guest, welcome: (socket) => pass.unit(look.data, socket, reader) };
        await refusals.write({
          who: `unit ${unit}`,
          counted: `pictures ${unit}`,
          subject: 'pictures',
          details: { why: 'not-allowed', unit },
        });
        return new Fault('not-allowed', 'No such look is open in this home.');
      },
    },
  };
}
