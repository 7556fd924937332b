/** Rooms: what a unit proposes, what a person has confirmed, and whether the unit uses it; handed to the unit until it does. */
import type { RoomView } from '@nattfrid/shared/desk/room-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Room } from '@nattfrid/shared/domain/room';
import { needsSecondPerson } from '@nattfrid/shared/domain/room-change';
import { coverageOf } from '@nattfrid/shared/domain/room-coverage';
import { type RoomFault, roomFaults } from '@nattfrid/shared/domain/room-faults';
import type { RoomProposal } from '@nattfrid/shared/domain/room-proposal';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { instant, printInstant } from '@nattfrid/shared/time/instant';
import type { RoomProof } from '@nattfrid/shared/wire/console-proof';
import type { RoomAnswer, RoomLetter } from '@nattfrid/shared/wire/room-letter';
import { aliasOf } from '../operators/alias.ts';
import type { Operator } from '../operators/operators.ts';
import type { Orders } from '../order/order.ts';
import type { Db, Tx } from '../store/database.ts';
import {
  baseRoom,
  endWaiting,
  findProposal,
  insertRoom,
  markRoomInUse,
  markRoomRefused,
  newestRoom,
  saveProposal,
  waitAgain,
  waitingRoom,
} from '../store/rooms-table.ts';
import { findUnit } from '../store/units-table.ts';

type Who = Pick<Operator, 'id' | 'name'>;

export interface Rooms {
  proposed(tx: Tx, unit: UnitId, proposal: RoomProposal): Promise<void>;
  /** What is wrong with it, before anything is written down. */
  check(room: Room): Fault | undefined;
  /**
   * Keeps it, with its console's signature for the unit, and hands it to the unit once it is on the disk; one that takes much away waits for a second person, and an older
   * one that waits does so no more.
   */
  confirm(
    tx: Tx,
    unit: UnitId,
    drawn: { readonly room: Room; readonly console?: RoomProof | undefined },
    who: Who,
  ): Promise<{ readonly version: number; readonly waits: boolean }>;
  /** A second person says yes to the room that waits. @returns who the first was, or a Fault */
  second(
    tx: Tx,
    unit: UnitId,
    said: { readonly version: number; readonly console?: RoomProof | undefined },
    who: Who,
  ): Promise<{ readonly first: string } | Fault>;
  /** The unit has said which version it uses. */
  announced(tx: Tx, unit: UnitId, version: number | undefined): Promise<void>;
  answered(tx: Tx, unit: UnitId, answer: RoomAnswer): Promise<void>;
  of(db: Db, unit: UnitId): Promise<RoomView>;
}

const wrong: Readonly<Record<RoomFault['why'], string>> = {
  'crosses-itself': 'crosses itself. Draw it anew',
  'too-small': 'is too small. Draw it larger, or leave it out',
  'too-large': 'is too large. Draw only what is there',
  'too-much-masked': 'is too much: the masks cover most of the picture together, and nothing would be told there',
  'too-much-bed': 'is too much: the beds cover too much of the picture together, and no fall is told where a bed is',
  'no-floor-left': 'leaves too little floor: no fall is told where beds and masks are. Draw them as small as they are',
};

/** In letters: the database takes no more, and no hand draws so much. */
const longestRoom = 15_000;

export function openRooms(parts: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly orders: Orders;
  /** Makes aliases of operators. */
  readonly secret: string;
}): Rooms {
  const { clock, orders } = parts;
  const log = parts.log.child('rooms');
  const hand = (unit: UnitId, letter: RoomLetter) => void orders.give(unit, 'room-letter', letter);
  return {
    proposed: (tx, unit, proposal) => saveProposal(tx.db, unit, { proposal, receivedAt: clock.now() }),
    check(room) {
      const faults = roomFaults(room);
      // What they do together weighs more than the size of one.
      const first = faults.find(({ why }) => why === 'no-floor-left' || why === 'too-much-bed') ?? faults[0];
      if (first)
        return new Fault('request-invalid', `The outline ${first.index + 1} of ${first.part} ${wrong[first.why]}.`);
      if (JSON.stringify(room).length > longestRoom)
        return new Fault('request-invalid', 'This room has too many corners. Draw its outlines with fewer.');
      return undefined;
    },
    async confirm(tx, unit, { room, console }, who) {
      const [newest, waiting] = [await newestRoom(tx.db, unit), await waitingRoom(tx.db, unit)];
      // A relay that has lost its memory still goes on from what the unit says that it has.
      const told = (await findUnit(tx.db, unit))?.announced?.room?.version ?? 0;
      const version = Math.max(newest?.letter.version ?? 0, waiting?.letter.version ?? 0, told) + 1;
      const confirmedBy = aliasOf(who.id, parts.secret);
      const confirmedAt = printInstant(clock.now());
      const letter: RoomLetter = { version, room, confirmedBy, confirmedAt, ...(console && { console }) };
      const base = await baseRoom(tx.db, unit);
      const waits = [base, newest].some((before) => needsSecondPerson(before?.letter.room, room));
      await insertRoom(tx.db, unit, letter, { who: who.name, waits });
      if (!waits) tx.after(() => hand(unit, letter));
      return { version, waits };
    },
    async second(tx, unit, { version, console }, who) {
      const waiting = await waitingRoom(tx.db, unit);
      if (waiting?.letter.version !== version)
        return new Fault('not-now', `No room of version ${version} waits for a second person.`);
      const by = aliasOf(who.id, parts.secret);
      if (waiting.letter.confirmedBy === by)
        return new Fault('not-allowed', 'This room waits for another person than the one who confirmed it first.');
      const letter: RoomLetter = { ...waiting.letter, second: { by, ...(console && { console }) } };
      await endWaiting(tx.db, unit, letter, who.name);
      tx.after(() => hand(unit, letter));
      return { first: waiting.who };
    },
    async announced(tx, unit, version) {
      const newest = await newestRoom(tx.db, unit);
      if (!newest) return;
      const { letter } = newest;
      if (version === letter.version) return markRoomInUse(tx.db, unit, letter.version, clock.now());
      // One that the unit has refused is not pressed on it: a person confirms another.
      if (newest.refused === undefined && (version ?? 0) < letter.version) tx.after(() => hand(unit, letter));
    },
    async answered(tx, unit, answer) {
      switch (answer.type) {
        case 'in-use':
          return markRoomInUse(tx.db, unit, answer.version, instant(Date.parse(answer.since)));
        case 'refused':
          log.warn('A unit refuses its room', { unit, version: answer.version, why: answer.why });
          // It measures against what it has itself, which a relay that was restored may not know.
          if (answer.why === 'second-missing') return waitAgain(tx.db, unit, answer.version);
          return markRoomRefused(tx.db, unit, answer.version, answer.why);
      }
    },
    async of(db, unit) {
      const [proposed, newest] = [await findProposal(db, unit), await newestRoom(db, unit)];
      const waiting = await waitingRoom(db, unit);
      return {
        ...(proposed && { proposed: { proposal: proposed.proposal, at: printInstant(proposed.receivedAt) } }),
        ...(newest && {
          confirmed: {
            version: newest.letter.version,
            room: newest.letter.room,
            at: newest.letter.confirmedAt,
            who: newest.who,
            ...(newest.inUseSince !== undefined && { inUseSince: printInstant(newest.inUseSince) }),
            ...(newest.refused && { refused: newest.refused }),
            ...coverage(newest.letter.room),
          },
        }),
        ...(waiting && {
          waiting: {
            version: waiting.letter.version,
            room: waiting.letter.room,
            at: waiting.letter.confirmedAt,
            who: waiting.who,
          },
        }),
      };
    },
  };
}

function coverage(room: Room) {
  const found = coverageOf(room);
  return found && { coverage: found };
}
