/** What was handed over: each note until somebody else has read it, and a while after. */
import type { HandoverView } from '@nattfrid/shared/desk/night-view';
import { useDesk, useSelf } from '../around/around.tsx';
import { useReadHandover } from '../around/asking-night.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { teamNamed } from '../state/at-work.ts';
import { isSelf } from '../state/self.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './night.module.css';

export function Handovers() {
  const { say } = useWords();
  const { handovers } = useDesk().night;
  const order = handovers.toSorted((a, b) => Number(Boolean(a.readBy)) - Number(Boolean(b.readBy)));
  return (
    <section className={parts['card']} aria-labelledby="handed-over">
      <h2 id="handed-over">{say('shifts.notes')}</h2>
      {order.length === 0 ? <p className={css['sub']}>{say('shifts.notes.none')}</p> : null}
      {order.map((one) => (
        <Note key={one.handover} one={one} />
      ))}
    </section>
  );
}

function Note({ one }: { one: HandoverView }) {
  const { say, language } = useWords();
  const self = useSelf();
  const team = teamNamed(useDesk().night, one.team);
  const read = useReadHandover(one.handover);
  const own = isSelf(self, one.by, one.byId);
  const by = say('shifts.note.by', { who: one.by, time: clockTime(readTime(one.at), language) });
  return (
    <article className={css['note']} data-testid="handover">
      <p>{one.note}</p>
      <p className={css['sub']}>
        {team ? `${team.name} · ` : ''}
        {by}
        {one.readBy ? ` · ${say('shifts.note.readBy', { who: one.readBy })}` : ''}
        {own && !one.readBy ? ` · ${say('shifts.note.waits')}` : ''}
      </p>
      {own || one.readBy ? null : (
        <div className={css['acts']}>
          <Press busy={read.busy} press={() => read.run(undefined)} data-testid="handover-read">
            {say('shifts.note.read')}
          </Press>
        </div>
      )}
      <FaultWords fault={read.fault} />
    </article>
  );
}
