/** The end of one's own shift: what is open, a note to the next, and the way out. */
import { Textarea } from '@mantine/core';
import type { TeamId } from '@nattfrid/shared/domain/ids';
import { useState } from 'react';
import { useDesk, useSelf } from '../around/around.tsx';
import { useHandOver, useLeaveShift } from '../around/asking-night.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { Press } from '../parts/press.tsx';
import { isSelf } from '../state/self.ts';
import { useWords } from '../words/words.ts';
import css from './night.module.css';

const longest = 2000;

export function Leaving({ team }: { team: TeamId }) {
  const { say } = useWords();
  const [note, setNote] = useState('');
  const leave = useLeaveShift(team);
  const handOver = useHandOver(team);
  const words = note.trim();
  return (
    <div className={css['form']}>
      <p>
        <b>{say('shifts.open')}:</b> <StillOpen />
      </p>
      <Textarea
        label={say('shifts.note')}
        description={say('shifts.note.words')}
        autosize
        minRows={2}
        maxLength={longest}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-testid="shift-note"
      />
      <div className={css['acts']}>
        <Press busy={leave.busy} press={() => leave.run(words)} data-testid="shift-leave">
          {say('shifts.leave')}
        </Press>
        <Press
          busy={handOver.busy}
          disabled={!words}
          press={() => void handOver.ran(words).then(() => setNote(''))}
          data-testid="shift-hand-over"
        >
          {say('shifts.note.save')}
        </Press>
      </div>
      <FaultWords fault={leave.fault ?? handOver.fault} />
    </div>
  );
}

/** Alarms that nobody has taken or that are one's own, looks that wait for a verdict, and visits. */
function StillOpen() {
  const { say } = useWords();
  const desk = useDesk();
  const self = useSelf();
  const alarms = [...desk.alarms.values()].filter(
    (one) => one.state === 'raised' || (one.state === 'taken' && isSelf(self, one.takenBy, one.takenById)),
  ).length;
  const looks = [...desk.looks.values()].filter(({ state, beside }) => state === 'awaiting-verdict' && !beside).length;
  const visits = [...desk.visits.values()].filter(({ state }) => state !== 'done').length;
  const words = [
    alarms > 0 ? say('shifts.open.alarms', { count: alarms }) : '',
    looks > 0 ? say('shifts.open.looks', { count: looks }) : '',
    visits > 0 ? say('shifts.open.visits', { count: visits }) : '',
  ].filter(Boolean);
  return <span data-testid="shift-open">{words.length > 0 ? words.join(', ') : say('shifts.open.none')}</span>;
}
