/** The page of one alarm: what happened, where and when, what the unit saw; a person takes it, looks, and closes it with a verdict. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { useDesk, useSelf } from '../around/around.tsx';
import { BreakGlassLink } from '../break-glass/break-glass-link.tsx';
import { WhyFalse } from '../follow-up/why-false.tsx';
import { HaltActs } from '../halt/halt-later.ts';
import { Back } from '../parts/back.tsx';
import { Hint } from '../parts/hint.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import { Empty, Page } from '../parts/page.tsx';
import { PushReachWords } from '../parts/push-reach.tsx';
import { useId } from '../parts/way.tsx';
import { Ago, When } from '../parts/when.tsx';
import { kindKey } from '../state/alarm-name.ts';
import { isSelf } from '../state/self.ts';
import { RoomChanged } from '../unit/room-changed.tsx';
import type { Say } from '../words/say.ts';
import { clockTime, length, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './alarm.module.css';
import { AlarmSteps } from './alarm-steps.tsx';
import { AlarmTimes } from './alarm-times.tsx';
import { ChainWords } from './chain-words.tsx';
import { EvidenceCard } from './evidence-card.tsx';
import { happenedWords } from './figures.ts';
import { AlarmScene } from './scene-drawing.tsx';

export function AlarmPage() {
  const { say } = useWords();
  const id = useId() as AlarmId;
  const alarm = useDesk().alarms.get(id);
  if (!alarm)
    return (
      <Page title={say('alarm.tag')} beside={<Back />}>
        <Empty>{say('alarm.gone')}</Empty>
      </Page>
    );
  return <OneAlarm alarm={alarm} />;
}

function OneAlarm({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  const self = useSelf();
  const unit = useDesk().units.get(alarm.unit);
  const delay = readTime(alarm.receivedAt) - readTime(alarm.at);
  return (
    <Page title={`${say(kindKey(alarm))}\u00a0· ${alarm.client}`} beside={<Back />} data-testid="alarm-page">
      <div className={css['grid']}>
        <section className={css['banner']} {...(alarm.state === 'closed' ? { 'data-closed': true } : {})}>
          <p className={css['tag']}>
            <AlarmSign size={26} /> {stateWords(alarm, isSelf(self, alarm.takenBy, alarm.takenById), say)}
          </p>
          <p className={css['lead']}>{alarm.quiet ? say('alarm.quiet.set-up') : happenedWords(alarm, say)}</p>
          <p className={css['ago']}>
            <Ago at={alarm.at} />
          </p>
          <p>
            <When at={alarm.at} seconds /> · {say('place.unit', { unit: alarm.unit })}
          </p>
          <ChainWords alarm={alarm} />
          <PushReachWords alarm={alarm.alarm} />
          {alarm.state === 'taken' && alarm.leftBy ? <p>{say('alarm.takenOver', { who: alarm.leftBy })}</p> : null}
          {alarm.evidence.attended ? <p className={css['note']}>{say('alarm.attended')}</p> : null}
          {delay > 60_000 ? <p className={css['note']}>{say('alarm.late', { length: length(delay, say) })}</p> : null}
          {alarm.endedAt && alarm.state !== 'closed' ? <Ended at={alarm.endedAt} /> : null}
        </section>
        <div className={css['scene']}>
          <AlarmScene alarm={alarm} />
        </div>
        <div className={css['steps']}>
          <AlarmSteps alarm={alarm} />
        </div>
        <div className={css['rest']}>
          {alarm.state === 'closed' ? null : <Hint page="alarm" />}
          <WhyFalse alarm={alarm} />
          <EvidenceCard evidence={alarm.evidence} />
          <RoomChanged unit={unit} link />
          <AlarmTimes alarm={alarm} />
          <HaltActs alias={alarm.client} />
          <BreakGlassLink client={alarm.client} />
        </div>
      </div>
    </Page>
  );
}

function Ended({ at }: { at: string }) {
  const { say, language } = useWords();
  return <p className={css['note']}>{say('alarm.ended', { time: clockTime(readTime(at), language) })}</p>;
}

function stateWords(alarm: AlarmView, mine: boolean, say: Say): string {
  switch (alarm.state) {
    case 'raised':
      return say(alarm.overdue ? 'alarm.state.overdue' : 'alarm.state.raised');
    case 'taken':
      return mine ? say('alarm.state.takenByMe') : say('alarm.state.taken', { who: alarm.takenBy ?? '' });
    case 'closed':
      return say('alarm.state.closed', { who: alarm.closedBy ?? '' });
  }
}
