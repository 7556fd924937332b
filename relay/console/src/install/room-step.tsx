/** The room on a telephone: as the unit has drawn it, or as it was with the unit before; its corners are dragged, and one press says that it fits. */

import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { roomFaults } from '@nattfrid/shared/domain/room-faults';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useEffect, useReducer } from 'react';
import { useDesk } from '../around/around.tsx';
import { useConfirmRoom, useRoom } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Loading } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { WayLink } from '../parts/way.tsx';
import { CoverageWords } from '../room/coverage-words.tsx';
import { type Draft, type DraftEvent, drafting, partsOfProposal, partsOfRoom, roomOf } from '../room/draft.ts';
import { PictureFrame } from '../room/picture-frame.tsx';
import { useWords } from '../words/words.ts';
import css from './install.module.css';

export function RoomStep({ order, unit }: { order: WorkOrderView; unit: UnitId }) {
  const known = useDesk().units.get(unit);
  // Of an exchange: the room as it was drawn for the unit that is there.
  const there = useDesk().units.get((order.there ?? unit) as UnitId);
  return known ? <Drawing key={unit} unit={known} there={there ?? known} /> : <Loading />;
}

const reduce = (draft: Draft, event: DraftEvent): Draft => drafting.step(draft, event)[0];

function Drawing({ unit, there }: { unit: UnitView; there: UnitView }) {
  const { say } = useWords();
  const asked = useRoom(unit);
  const before = useRoom(there);
  const [draft, send] = useReducer(reduce, drafting.initial);
  const { changed } = draft;
  const confirm = useConfirmRoom(unit.unit, () => {});
  const { proposed, confirmed, waiting } = asked.data ?? {};
  const old = there === unit ? undefined : before.data?.confirmed;
  useEffect(() => {
    if (changed) return;
    const known = waiting ?? confirmed ?? old;
    const parts = known ? partsOfRoom(known.room) : proposed ? partsOfProposal(proposed.proposal, undefined) : [];
    send({ type: 'begin', parts, changed: false });
  }, [waiting, confirmed, proposed, old, changed]);
  if (asked.error) return <FaultWords fault={asFault(asked.error)} />;
  if (!asked.data) return <Loading />;
  const room = roomOf(draft);
  const has = draft.parts.length > 0;
  const inUse = confirmed?.inUseSince !== undefined && !changed;
  return has ? (
    <>
      <div className={css['frame']}>
        <PictureFrame draft={draft} aspect={proposed?.proposal.aspect ?? 16 / 9} send={send} />
      </div>
      <p id="room-keys" hidden>
        {say('room.step.taps')}
      </p>
      <CoverageWords room={room} />
      {inUse ? null : (
        <Press
          large
          wide
          tone="cool"
          busy={confirm.busy}
          disabled={roomFaults(room).length > 0}
          press={() => confirm.run(room)}
          data-testid="room-fits"
        >
          {say('room.step.confirm')}
        </Press>
      )}
      <FaultWords fault={confirm.fault} />
      <WayLink to={{ page: 'room', id: unit.unit }} className={css['link'] ?? ''}>
        {say('room.step.full')}
      </WayLink>
    </>
  ) : null;
}
