/** Who is behind each open socket: whatever a credential has let in can be put out as soon as that credential is over. */
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Socket } from './socket.ts';

/** With what somebody has come in. `bell`: to be told that something rings, and nothing else. */
export type Guest =
  | {
      readonly type: 'session';
      readonly session: string;
      readonly operator: string;
      readonly look?: LookId;
      readonly bell?: true;
    }
  /** `credential`: as it is stored, so that one made anew is another. */
  | { readonly type: 'unit'; readonly unit: UnitId; readonly credential: string };

type Credential =
  | Pick<Guest & { type: 'session' }, 'type' | 'session'>
  | Pick<Guest & { type: 'unit' }, 'type' | 'unit'>;

/** Names with what somebody has come in, and is no secret. */
export const credentialOf = (guest: Credential): string =>
  guest.type === 'session' ? `session ${guest.session}` : `unit ${guest.unit}`;

export interface Guests {
  add(guest: Guest, socket: Socket): void;
  /** Closes their sockets: nothing more is sent on them from now on. @returns who they were */
  putOut(which: (guest: Guest) => boolean, code: number, reason: string): readonly Guest[];
  readonly all: readonly Guest[];
}

export function openGuests(): Guests {
  const guests = new Map<Socket, Guest>();
  return {
    add(guest, socket) {
      guests.set(socket, guest);
      socket.onClose(() => void guests.delete(socket));
    },
    putOut(which, code, reason) {
      const out = [...guests].filter(([, guest]) => which(guest));
      for (const [socket] of out) {
        guests.delete(socket);
        socket.close(code, reason);
      }
      return out.map(([, guest]) => guest);
    },
    get all() {
      return [...guests.values()];
    },
  };
}
