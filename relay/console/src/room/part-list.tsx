/** The list of a room's parts: the unit's figures behind each, what is wrong with it, and buttons to add and remove. */
import { type RoomFault, type RoomPart, roomFaults } from '@nattfrid/shared/domain/room-faults';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import { type Draft, type DraftEvent, type Kind, kinds, mostOf, numberOf, type Part, roomOf } from './draft.ts';
import css from './room.module.css';
import { isSure, saidWords, sureWords } from './said-words.ts';

const partOf: Record<Kind, RoomPart> = {
  bed: 'beds',
  floor: 'floor',
  exit: 'exits',
  bathroom: 'bathroomExits',
  mask: 'masks',
};

export function PartList({ draft, send }: { draft: Draft; send: (event: DraftEvent) => void }) {
  const { say } = useWords();
  const faults = roomFaults(roomOf(draft));
  const ordered = kinds.flatMap((kind) => draft.parts.filter((part) => part.kind === kind));
  return (
    <>
      <ul className={css['parts']} aria-label={say('room.parts')}>
        {ordered.map((part) => (
          <OnePart key={part.id} part={part} draft={draft} fault={faultOf(draft, part, faults)} send={send} />
        ))}
      </ul>
      {draft.parts.length === 0 ? <p className={css['quiet']}>{say('room.empty')}</p> : null}
      <div className={css['adding']}>
        {kinds.map((kind) => (
          <Press
            key={kind}
            press={() => send({ type: 'add', kind })}
            disabled={draft.parts.filter((part) => part.kind === kind).length >= mostOf[kind]}
            data-testid={`add-${kind}`}
          >
            {say(`room.add.${kind}`)}
          </Press>
        ))}
      </div>
    </>
  );
}

function OnePart({
  part,
  draft,
  fault,
  send,
}: {
  part: Part;
  draft: Draft;
  fault: RoomFault | undefined;
  send: (event: DraftEvent) => void;
}) {
  const { say, language } = useWords();
  const name = [say(`room.kind.${part.kind}`), numberOf(draft, part)].filter(Boolean).join(' ');
  const { said } = part;
  return (
    <li className={css['part']} data-kind={part.kind} data-testid={`part-${part.kind}`}>
      <button
        type="button"
        className={css['take']}
        aria-pressed={part.id === draft.inHand}
        onClick={() => send({ type: 'take', id: part.id })}
      >
        <svg width="44" height="16" viewBox="0 0 44 16" aria-hidden="true" focusable="false">
          <path d="M2 8h40" className={css['sample']} />
        </svg>
        {name}
      </button>
      <Press tone="bare" press={() => send({ type: 'remove', id: part.id })} data-testid={`remove-${part.kind}`}>
        {say('room.remove', { name: name.toLocaleLowerCase(language) })}
      </Press>
      {said ? (
        <p className={css['said']} data-testid="said" data-sure={isSure(said)}>
          {saidWords(said, language, say)} <strong>{sureWords(said, say)}</strong>
        </p>
      ) : null}
      {fault ? (
        <p className={css['warn']} role="alert" data-testid="part-fault">
          {say(`room.fault.${fault.why}`)}
        </p>
      ) : null}
    </li>
  );
}

function faultOf(draft: Draft, part: Part, faults: readonly RoomFault[]): RoomFault | undefined {
  const index = draft.parts.filter(({ kind }) => kind === part.kind).indexOf(part);
  return faults.find((fault) => fault.part === partOf[part.kind] && fault.index === index);
}
