/** The card of one alarm on the watch: kind, client, how long ago, who has taken it, and the next step. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import { memo } from 'react';
import { ChainWords } from '../alarm/chain-words.tsx';
import { useTakeAlarm } from '../around/alarm-acts.ts';
import { useMay } from '../around/around.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { PushReachWords } from '../parts/push-reach.tsx';
import { useGo } from '../parts/way.tsx';
import { Ago, When } from '../parts/when.tsx';
import { kindKey } from '../state/alarm-name.ts';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

/** @param line there are many: one line, with the same acts */
export const AlarmCard = memo(function AlarmCard({ alarm, line = false }: { alarm: AlarmView; line?: boolean }) {
  const { say } = useWords();
  const go = useGo();
  const operator = useMay('answer-alarms');
  const take = useTakeAlarm(() => go({ page: 'alarm', id: alarm.alarm }));
  const raised = alarm.state === 'raised';
  const state = raised
    ? say(alarm.overdue ? 'alarm.state.overdue' : 'alarm.state.raised')
    : say('alarm.state.takenByMe');
  return (
    <article
      className={line ? css['needLine'] : css['need']}
      data-tone={alarm.quiet ? 'look' : 'alarm'}
      data-testid="alarm-card"
      data-alarm={alarm.alarm}
      data-kind={alarm.kind}
      data-state={alarm.state}
      {...(alarm.overdue ? { 'data-overdue': true } : {})}
      {...(alarm.quiet ? { 'data-quiet': alarm.quiet } : {})}
    >
      <div>
        <p className={css['tag']}>
          <AlarmSign size={line ? 18 : 24} /> {say(alarm.quiet ? 'alarm.tag.set-up' : 'alarm.tag')} · {state}
        </p>
        <h2 className={css['what']}>{`${say(kindKey(alarm))}\u00a0· ${alarm.client}`}</h2>
        <p className={css['line']}>
          <strong>
            <When at={alarm.at} />
          </strong>{' '}
          · <Ago at={alarm.at} />
          {alarm.more ? ` · ${say('alarm.more', { count: alarm.more })}` : ''}
        </p>
        {alarm.quiet ? <p className={css['line']}>{say('alarm.quiet.set-up')}</p> : null}
        {line ? null : <ChainWords alarm={alarm} />}
        {line ? null : <PushReachWords alarm={alarm.alarm} />}
        <FaultWords fault={take.fault} />
      </div>
      <div className={css['acts']}>
        {raised && operator ? (
          <Press
            tone={alarm.quiet ? 'cool' : 'warm'}
            large={!line}
            busy={take.busy}
            press={() => take.run({ alarm: alarm.alarm })}
            data-testid="take-alarm"
          >
            {say('alarm.take')}
          </Press>
        ) : null}
        <Press
          tone={(raised && operator) || alarm.quiet ? 'quiet' : 'warm'}
          press={() => go({ page: 'alarm', id: alarm.alarm })}
          data-testid="show-alarm"
        >
          {say('alarm.open')}
        </Press>
      </div>
    </article>
  );
});
