/** The buttons in place of a picture: open the look, join it, try again, close it. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { useDesk, useMay } from '../around/around.tsx';
import { useOpenLook } from '../around/asking.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { useGo } from '../parts/way.tsx';
import type { Face } from '../viewing/face.ts';
import { useWords } from '../words/words.ts';
import { useCloseLook, useJoinLook } from './acts.ts';
import { LackingWords } from './lacking-words.tsx';

export function Way({ look, shown }: { look: LookView; shown: Face }) {
  const operator = useMay('look');
  if (!operator) return null;
  if (shown.name === 'put-out' || (shown.name === 'elsewhere' && shown.who !== undefined))
    return look.state === 'open' ? <Join look={look} /> : null;
  // The look that leads answers for all those beside it.
  if (look.beside) return null;
  switch (shown.name) {
    case 'due':
    case 'refused':
    case 'failed':
      return <Open look={look} again={shown.name !== 'due'} />;
    case 'elsewhere':
      return <End look={look} />;
    default:
      return null;
  }
}

function Open({ look, again }: { look: LookView; again: boolean }) {
  const { say } = useWords();
  const go = useGo();
  const open = useOpenLook((opened) => go({ page: 'look', id: opened.look }));
  const known = useDesk().units.has(look.unit);
  return (
    <>
      <Press
        tone={again ? 'quiet' : 'cool'}
        large={!again}
        busy={open.busy}
        disabled={!known}
        press={() => open.run({ unit: look.unit, reason: look.reason, look: look.look })}
        data-testid="open-look"
      >
        {say(again ? 'look.again' : 'look.open')}
      </Press>
      <FaultWords fault={open.fault} />
    </>
  );
}

/** Joins a colleague's look: both are named in the logs, and the unit decides anew. */
function Join({ look }: { look: LookView }) {
  const { say } = useWords();
  const join = useJoinLook(look);
  return (
    <>
      <Press tone="cool" busy={join.busy} press={() => join.run(undefined)} data-testid="join-look">
        {say('look.join')}
      </Press>
      <FaultWords fault={join.fault} />
      {join.done ? <LackingWords /> : null}
    </>
  );
}

function End({ look }: { look: LookView }) {
  const { say } = useWords();
  const close = useCloseLook(look.look);
  return (
    <>
      <Press busy={close.busy} press={() => close.run(undefined)} data-testid="end-look">
        {say('look.end')}
      </Press>
      <FaultWords fault={close.fault} />
    </>
  );
}
