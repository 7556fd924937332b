/** The end of a look: its verdict; or, where it could not be made, the visit or the alarm that it leads to. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { useCloseAlarm } from '../around/alarm-acts.ts';
import { useDesk, useMay, useNow, useSelf } from '../around/around.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { WayLink } from '../parts/way.tsx';
import { isSelf } from '../state/self.ts';
import { ahead, clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { useCloseLook, useVerdict } from './acts.ts';
import { Judging } from './judging.tsx';
import { lackingInLook } from './lacking.ts';
import css from './look.module.css';
import { NextLook } from './next-look.tsx';
import { useReady } from './ready.ts';
import { useHeldAlarmVerdict, useHeldVerdict } from './use-held-verdict.ts';
import { VerdictFault } from './verdict-fault.tsx';

interface LookStepsProps {
  readonly lead: LookView;
  readonly looks: readonly LookView[];
  /** Cameras of the home that were not asked, because this console knows another key of their units. */
  readonly leftOut: readonly UnitId[];
}

export function LookSteps({ lead: look, looks, leftOut }: LookStepsProps) {
  const operator = useMay('look');
  switch (look.state) {
    case 'done':
      return <Done look={look} />;
    case 'due':
    case 'asked':
    case 'open':
    case 'awaiting-verdict':
      if (look.reason.type === 'test') return operator ? <JudgeTest look={look} /> : null;
      return operator ? <Judge lead={look} looks={looks} leftOut={leftOut} /> : null;
    case 'refused':
    case 'failed':
      return operator ? <CouldNot look={look} /> : null;
  }
}

/** What «not seen» leads to: a retry on the first attempt of a planned look, else a visit. */
const notSeen = (look: LookView) => (look.attempt > 1 || look.alarm ? 'visit' : 'retry');

/** The verdicts. A picture on any camera of the home allows them; for an alarm, on the camera that raised it. */
function Judge({ lead: look, looks, leftOut }: LookStepsProps) {
  const { say } = useWords();
  const self = useSelf();
  // While this home is looked at the next one is prepared for; nothing of it is asked.
  useReady();
  const verdict = useVerdict(look.look);
  const holding = useHeldVerdict({
    about: { page: 'look', id: look.look, client: look.client },
    tell: verdict,
    lacking: lackingInLook(useDesk(), self, { lead: look, looks, leftOut }),
    isOver: (known) => known.looks.get(look.look)?.state === 'done',
  });
  const counting = look.alarm ? [look] : looks;
  const open = counting.filter(({ state }) => state === 'open' || state === 'awaiting-verdict');
  const opened = open.length > 0;
  const seen = open.some((one) => one.firstPictureAt !== undefined);
  const other = opened && !isSelf(self, look.operator, look.operatorId) ? look.operator : undefined;
  return (
    <section className={`${parts['card']} ${css['sticky']}`} aria-labelledby="verdict" data-verdicts="low">
      <h2 id="verdict">{say('verdict.label')}</h2>
      <Judging
        holding={holding}
        busy={!opened}
        seen={seen}
        another={other !== undefined}
        notSeen={notSeen(look)}
        keys
        next
      />
      {other ? <p className={css['hint']}>{say('look.verdict.other', { who: other })}</p> : null}
      {seen ? null : <p className={css['hint']}>{say('look.seenFirst')}</p>}
      {look.attempt > 1 ? <p className={css['hint']}>{say('look.second')}</p> : null}
      <VerdictFault fault={verdict.fault} />
    </section>
  );
}

/** Of a test look: whether the picture came. Nothing follows from it, for nobody is looked after by it yet. */
function JudgeTest({ look }: { look: LookView }) {
  const { say } = useWords();
  const verdict = useVerdict(look.look);
  const seen = look.firstPictureAt !== undefined && (look.state === 'open' || look.state === 'awaiting-verdict');
  return (
    <section className={`${parts['card']} ${css['sticky']}`} aria-labelledby="verdict" data-verdicts="low">
      <h2 id="verdict">{say('look.tag.test')}</h2>
      <div className={css['testing']}>
        <Press
          tone="cool"
          large
          wide
          busy={verdict.busy}
          disabled={!seen}
          press={() => verdict.run({ verdict: 'all-well', confirmed: true })}
          data-testid="test-seen"
        >
          {say('look.test.seen')}
        </Press>
        <Press
          wide
          disabled={!seen}
          press={() => verdict.run({ verdict: 'not-seen', confirmed: false })}
          data-testid="test-bad"
        >
          {say('look.test.bad')}
        </Press>
      </div>
      {seen ? null : <p className={css['hint']}>{say('look.seenFirst')}</p>}
      <VerdictFault fault={verdict.fault} />
    </section>
  );
}

function CouldNot({ look }: { look: LookView }) {
  const { say } = useWords();
  const { alarms } = useDesk();
  const alarm = look.alarm ? alarms.get(look.alarm) : undefined;
  if (alarm && alarm.state !== 'closed') return <JudgeAlarm alarm={alarm} />;
  if (look.visit)
    return (
      <section className={`${parts['card']} ${css['done']}`} data-testid="look-visit">
        <p>{say('look.withVisit')}</p>
        <WayLink to={{ page: 'visits' }}>{say('visit.show')}</WayLink>
      </section>
    );
  return <PutAway look={look} />;
}

function JudgeAlarm({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  const close = useCloseAlarm(alarm.alarm);
  const holding = useHeldAlarmVerdict(alarm, close);
  return (
    <section className={`${parts['card']} ${css['sticky']}`} aria-labelledby="verdict" data-verdicts="low">
      <h2 id="verdict">{say('verdict.label')}</h2>
      <p className={css['hint']}>{say('look.withAlarm')}</p>
      <Judging holding={holding} busy={false} seen unseen notSeen="visit" keys next />
      <VerdictFault fault={close.fault} />
    </section>
  );
}

function PutAway({ look }: { look: LookView }) {
  const { say } = useWords();
  const close = useCloseLook(look.look);
  return (
    <section className={`${parts['card']} ${css['done']}`}>
      <Press wide busy={close.busy} press={() => close.run(undefined)} data-testid="put-away">
        {say('look.putAway')}
      </Press>
      <FaultWords fault={close.fault} />
    </section>
  );
}

function Done({ look }: { look: LookView }) {
  const { say, language } = useWords();
  const desk = useDesk();
  const now = useNow();
  const retry = look.retry ? desk.looks.get(look.retry) : undefined;
  const visit = look.visit ?? (look.alarm ? desk.alarms.get(look.alarm)?.visit : undefined);
  const at = retry ? readTime(retry.dueFrom) : undefined;
  return (
    <section className={`${parts['card']} ${css['done']}`} data-testid="look-done" role="status">
      <h2>{say('look.done.title')}</h2>
      {look.verdict ? <p>{say('look.done.verdict', { verdict: say(`verdict.${look.verdict}`) })}</p> : null}
      {at !== undefined ? (
        <p data-testid="retry">{say('look.done.retry', { time: clockTime(at, language), in: ahead(at, now, say) })}</p>
      ) : look.retry ? (
        <p data-testid="retry">{say('look.done.retrySoon')}</p>
      ) : null}
      {visit ? (
        <>
          <p data-testid="visit-needed">{say('look.done.visit')}</p>
          <WayLink to={{ page: 'visits' }}>{say('visit.show')}</WayLink>
        </>
      ) : null}
      {look.verdict === 'all-well' && !visit ? <p>{say('look.done.well')}</p> : null}
      <NextLook />
      <WayLink to={{ page: 'watch' }}>{say('app.back')}</WayLink>
    </section>
  );
}
