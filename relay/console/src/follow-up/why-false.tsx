/** After «all well»: why the alarm came to nothing, with one press. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import { FalseReason } from '@nattfrid/shared/desk/follow-up-view';
import { useState } from 'react';
import { useMay } from '../around/around.tsx';
import { useLabelAlarm } from '../around/asking-follow-up.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './follow-up.module.css';

export function WhyFalse({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  const may = useMay('answer-alarms');
  const label = useLabelAlarm(alarm.alarm);
  const [chosen, setChosen] = useState<FalseReason>();
  if (!may || alarm.state !== 'closed' || alarm.verdict !== 'all-well') return null;
  return (
    <section className={parts['card']} data-testid="why-false">
      <h2>{say('whyFalse.title')}</h2>
      <div className={css['reasons']}>
        {FalseReason.options.map((reason) => (
          <Press
            key={reason}
            busy={label.busy}
            aria-pressed={chosen === reason}
            tone={chosen === reason ? 'cool' : 'quiet'}
            press={() => {
              setChosen(reason);
              label.run(reason);
            }}
            data-testid={`why-${reason}`}
          >
            {say(`whyFalse.${reason}`)}
          </Press>
        ))}
      </div>
      {label.done ? <p role="status">{say('whyFalse.thanks')}</p> : null}
      <FaultWords fault={label.fault} />
    </section>
  );
}
