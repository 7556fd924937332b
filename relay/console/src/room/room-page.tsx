/** The page of one unit's room: its proposal is drawn, put right by a person, and confirmed. */
import type { RoomView } from '@nattfrid/shared/desk/room-view';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { roomFaults } from '@nattfrid/shared/domain/room-faults';
import { asFault } from '@nattfrid/shared/fault/fault';
import { useEffect, useReducer } from 'react';
import { useDesk, useSelf } from '../around/around.tsx';
import { useConfirmRoom, useRoom, useSecondRoom } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useId, WayLink } from '../parts/way.tsx';
import { When } from '../parts/when.tsx';
import { isSelf } from '../state/self.ts';
import { RoomChanged } from '../unit/room-changed.tsx';
import { useWords } from '../words/words.ts';
import { CoverageWords } from './coverage-words.tsx';
import { type Draft, type DraftEvent, drafting, partsOfProposal, partsOfRoom, roomOf } from './draft.ts';
import { PartList } from './part-list.tsx';
import { PictureFrame } from './picture-frame.tsx';
import css from './room.module.css';

export function RoomPage() {
  const { say } = useWords();
  const unit = useDesk().units.get(useId() as UnitId);
  if (!unit)
    return (
      <Page title={say('room.title')}>
        <Empty>{say('room.noUnit')}</Empty>
      </Page>
    );
  return (
    <Page
      title={[say('room.title'), unit.client, unit.place].filter(Boolean).join(' · ')}
      lead={say('room.lead')}
      beside={<WayLink to={{ page: 'units' }}>{say('room.back')}</WayLink>}
      data-testid="room-page"
      wide
    >
      <RoomOf key={unit.unit} unit={unit} />
    </Page>
  );
}

function RoomOf({ unit }: { unit: UnitView }) {
  const asked = useRoom(unit);
  if (asked.error) return <FaultWords fault={asFault(asked.error)} />;
  return asked.data ? <Drawing unit={unit} view={asked.data} /> : <Loading />;
}

const reduce = (draft: Draft, event: DraftEvent): Draft => drafting.step(draft, event)[0];

/** The drawing begins with the room that waits or is confirmed, else with the proposal; it is not begun again over a person's changes. */
function begin({ waiting, confirmed, proposed }: RoomView): DraftEvent {
  const known = waiting ?? confirmed;
  const drawn = known ? partsOfRoom(known.room) : proposed ? partsOfProposal(proposed.proposal, undefined) : [];
  return { type: 'begin', parts: drawn, changed: false };
}

function Drawing({ unit, view }: { unit: UnitView; view: RoomView }) {
  const { say } = useWords();
  const [draft, send] = useReducer(reduce, reduce(drafting.initial, begin(view)));
  const confirm = useConfirmRoom(unit.unit, (after) => send(begin(after)));
  const { changed } = draft;
  useEffect(() => {
    if (!changed) send(begin(view));
  }, [view, changed]);
  const { proposed, confirmed } = view;
  const room = roomOf(draft);
  const sane = roomFaults(room).length === 0;
  return (
    <div className={css['grid']}>
      <div className={css['stack']}>
        <PictureFrame draft={draft} aspect={proposed?.proposal.aspect ?? 16 / 9} send={send} />
        <p id="room-keys" className={css['quiet']}>
          {say('room.keys')}
        </p>
      </div>
      <div className={css['stack']}>
        <RoomChanged unit={unit} />
        <section className={parts['card']} aria-labelledby="room-state" data-testid="room-state">
          <h2 id="room-state">{say('room.state')}</h2>
          <StateWords view={view} />
          <Waiting unit={unit.unit} view={view} changed={changed} then={(after) => send(begin(after))} />
          <div className={css['adding']}>
            {proposed ? (
              <Press
                press={() =>
                  send({ type: 'begin', parts: partsOfProposal(proposed.proposal, confirmed?.room), changed: true })
                }
                data-testid="use-proposal"
              >
                {say('room.fromProposal')}
              </Press>
            ) : null}
            {confirmed && changed ? (
              <Press tone="bare" press={() => send(begin(view))} data-testid="undo">
                {say('room.fromConfirmed')}
              </Press>
            ) : null}
          </div>
        </section>
        <section className={parts['card']} aria-labelledby="room-parts">
          <h2 id="room-parts">{say('room.parts')}</h2>
          <PartList draft={draft} send={send} />
        </section>
        <section className={parts['card']} aria-labelledby="room-confirm">
          <h2 id="room-confirm">{say('room.confirm')}</h2>
          <p className={css['quiet']}>{say('room.confirm.words')}</p>
          {room.beds.length === 0 ? <p className={css['warn']}>{say('room.warn.noBed')}</p> : null}
          <CoverageWords room={room} />
          {room.exits.length === 0 ? <p className={css['warn']}>{say('room.warn.noExit')}</p> : null}
          <div className={css['adding']}>
            <Press
              tone="cool"
              large
              press={() => confirm.run(room)}
              busy={confirm.busy}
              disabled={!sane}
              data-testid="confirm-room"
            >
              {say('room.confirm.press')}
            </Press>
          </div>
          <FaultWords fault={confirm.fault} />
        </section>
      </div>
    </div>
  );
}

/** Whoever says yes sees the room that waits, as it is drawn. */
function Waiting({
  unit,
  view: { waiting },
  changed,
  then,
}: {
  unit: UnitId;
  view: RoomView;
  changed: boolean;
  then: (view: RoomView) => void;
}) {
  const { say } = useWords();
  const self = useSelf();
  const second = useSecondRoom(unit, then);
  if (!waiting) return null;
  const { version, who } = waiting;
  const own = isSelf(self, who);
  return (
    <>
      <p className={css['warn']} role="status" data-testid="room-waiting">
        {say(own ? 'room.waiting.own' : 'room.waiting', { version, who })}
      </p>
      {own ? null : (
        <Press
          tone="cool"
          busy={second.busy}
          disabled={changed}
          press={() => second.run(waiting)}
          data-testid="second-room"
        >
          {say('room.waiting.yes')}
        </Press>
      )}
      <FaultWords fault={second.fault} />
    </>
  );
}

function StateWords({ view: { proposed, confirmed } }: { view: RoomView }) {
  const { say } = useWords();
  return (
    <>
      {proposed ? (
        <p>
          {say('room.proposed', { count: Math.round(proposed.proposal.watchedMinutes) })} <When at={proposed.at} />
        </p>
      ) : (
        <p>{say('room.proposed.none')}</p>
      )}
      {confirmed ? (
        <>
          <p>
            {say('room.confirmed', { version: confirmed.version, who: confirmed.who })} <When at={confirmed.at} />
          </p>
          {confirmed.refused ? (
            <p className={css['warn']} role="alert" data-testid="room-refused">
              {say(`room.refused.${confirmed.refused}`)}
            </p>
          ) : (
            <p role="status" data-testid="room-in-use" data-in-use={confirmed.inUseSince !== undefined}>
              {confirmed.inUseSince ? (
                <>
                  {say('room.inUse')} <When at={confirmed.inUseSince} seconds />
                </>
              ) : (
                say('room.notInUse')
              )}
            </p>
          )}
        </>
      ) : (
        <p>{say('room.confirmed.none')}</p>
      )}
    </>
  );
}
