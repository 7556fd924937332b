/** The next step of an alarm: take it, look, or give the verdict that closes it. */

import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import { may } from '@nattfrid/shared/desk/permissions';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { useCloseAlarm, useTakeAlarm } from '../around/alarm-acts.ts';
import { useDesk, useSelf } from '../around/around.tsx';
import { useOpenLook } from '../around/asking.ts';
import { BreakGlassLink } from '../break-glass/break-glass-link.tsx';
import { isOpened } from '../break-glass/own.ts';
import { Judging } from '../look/judging.tsx';
import { LackingWords } from '../look/lacking-words.tsx';
import { useReady } from '../look/ready.ts';
import { useHeldAlarmVerdict } from '../look/use-held-verdict.ts';
import { VerdictFault } from '../look/verdict-fault.tsx';
import { FaultWords } from '../parts/fault-words.tsx';
import { LookSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { PressTwice } from '../parts/press-twice.tsx';
import { useGo, WayLink } from '../parts/way.tsx';
import { alarmName } from '../state/alarm-name.ts';
import { isSelf } from '../state/self.ts';
import { useShown } from '../visit/acts.ts';
import { VisitEntry } from '../visit/visit-entry.tsx';
import { useWords } from '../words/words.ts';
import { ActionCard } from './action-card.tsx';
import css from './alarm.module.css';

export function AlarmSteps({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  const self = useSelf();
  const take = useTakeAlarm(() => undefined);
  const opened = isOpened(useDesk(), self, 'alarms', alarm.client);
  if (alarm.state === 'closed') return <Closed alarm={alarm} />;
  if (!may(self.role, 'answer-alarms') && !opened) return <BreakGlassLink client={alarm.client} alarm />;
  if (alarm.state === 'raised')
    return (
      <section className={`${parts['card']} ${css['stack']}`}>
        <Press
          tone="warm"
          large
          wide
          busy={take.busy}
          press={() => take.run({ alarm: alarm.alarm })}
          data-testid="take-alarm"
        >
          {say('alarm.take')}
        </Press>
        <p className={css['hint']}>{say('alarm.verdict.notTaken')}</p>
        <FaultWords fault={take.fault} />
      </section>
    );
  if (alarm.quiet && isSelf(self, alarm.takenBy, alarm.takenById)) return <Quiet alarm={alarm} />;
  return isSelf(self, alarm.takenBy, alarm.takenById) ? (
    <Mine key={alarm.alarm} alarm={alarm} />
  ) : (
    <Theirs alarm={alarm} />
  );
}

/** A colleague has it, and may have fallen ill or asleep: taking over takes two presses, and both are told. */
function Theirs({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  const take = useTakeAlarm(() => undefined);
  const who = alarm.takenBy ?? '';
  return (
    <div className={css['stack']}>
      <section className={`${parts['card']} ${css['stack']}`} data-testid="theirs">
        <p>{say('alarm.theirs', { who })}</p>
        <PressTwice
          sure={say('alarm.takeOver.sure', { who })}
          busy={take.busy}
          press={() => take.run({ alarm: alarm.alarm, over: true })}
          data-testid="take-over"
        >
          {say('alarm.takeOver')}
        </PressTwice>
        <FaultWords fault={take.fault} />
      </section>
      <VisitOf alarm={alarm} />
    </div>
  );
}

/** Who goes there, and how far they have come: on the way, there, and how it was. */
function VisitOf({ alarm }: { alarm: AlarmView }) {
  const visit = useDesk().visits.get(alarm.visit ?? ('' as never));
  const [shown] = useShown(visit ? [visit] : []);
  return shown ? <VisitEntry visit={shown} /> : null;
}

/** Of a unit that is being set up there is nothing to see and nobody to send. */
function Quiet({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  const close = useCloseAlarm(alarm.alarm);
  return (
    <section className={`${parts['card']} ${css['stack']}`}>
      <p>{say('alarm.quiet.set-up')}</p>
      <Press
        large
        wide
        tone="cool"
        busy={close.busy}
        press={() => close.run({ verdict: 'all-well', confirmed: true })}
        data-testid="close-quiet"
      >
        {say('alarm.quiet.close')}
      </Press>
      <FaultWords fault={close.fault} />
    </section>
  );
}

function Mine({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  const go = useGo();
  const desk = useDesk();
  const close = useCloseAlarm(alarm.alarm);
  const holding = useHeldAlarmVerdict(alarm, close);
  const look = useOpenLook((opened) => go({ page: 'look', id: opened.look }));
  // Of a unit that is heard a look can be had all the same.
  const silent = ['unit-silent', 'power-gone'].includes(alarmName(alarm));
  const mayLook = may(useSelf().role, 'look');
  // Where no look can be made, closing without one is unfolded from the start.
  const tried = alarm.look && desk.looks.get(alarm.look)?.state;
  return (
    <div className={css['stack']}>
      {!mayLook ? null : silent ? (
        <p className={css['note']}>{say('alarm.noLook')}</p>
      ) : (
        <LookAtIt alarm={alarm} open={look} />
      )}
      <ActionCard alarm={alarm} />
      <VisitOf alarm={alarm} />
      <details
        className={`${parts['card']} ${css['without']}`}
        open={!mayLook || silent || cannotLook(look.fault) || tried === 'refused' || tried === 'failed'}
        data-testid="close-alarm"
      >
        <summary>{say('alarm.close.withoutLook')}</summary>
        <div className={css['stack']}>
          <p className={css['hint']}>{say('alarm.verdict.hint')}</p>
          <Judging holding={holding} busy={false} seen unseen notSeen="visit" />
          <VerdictFault fault={close.fault} />
        </div>
      </details>
    </div>
  );
}

function LookAtIt({ alarm, open }: { alarm: AlarmView; open: ReturnType<typeof useOpenLook> }) {
  const { say } = useWords();
  const go = useGo();
  const desk = useDesk();
  useReady();
  const before = alarm.look ? desk.looks.get(alarm.look) : undefined;
  const asked = { unit: alarm.unit, reason: { type: 'alarm', alarm: alarm.alarm } } as const;
  return (
    <section className={`${parts['card']} ${css['stack']}`}>
      {before && before.state !== 'done' && before.state !== 'refused' && before.state !== 'failed' ? (
        <Press tone="cool" large wide press={() => go({ page: 'look', id: before.look })} data-testid="show-look">
          {say(`look.state.${before.state}`)}
        </Press>
      ) : (
        <Press
          tone="cool"
          large
          wide
          icon={<LookSign size={28} />}
          busy={open.busy}
          disabled={!desk.units.has(alarm.unit)}
          press={() => open.run(asked)}
          data-testid="open-look"
        >
          {say('alarm.look')}
        </Press>
      )}
      <p className={css['hint']}>{say('alarm.look.hint')}</p>
      <FaultWords fault={open.fault} />
      <LackingWords />
    </section>
  );
}

function Closed({ alarm }: { alarm: AlarmView }) {
  const { say } = useWords();
  return (
    <div className={css['stack']}>
      <section className={`${parts['card']} ${css['stack']}`} data-testid="alarm-closed">
        <h2>{alarm.verdict ? say('look.done.verdict', { verdict: say(`verdict.${alarm.verdict}`) }) : ''}</h2>
        <p>{say(alarm.visit ? 'look.done.visit' : 'look.done.well')}</p>
        {alarm.visit ? <WayLink to={{ page: 'visits' }}>{say('visit.show')}</WayLink> : null}
      </section>
      <VisitOf alarm={alarm} />
    </div>
  );
}

/** Trying again from here helps nobody: another key of the unit, or a console that it does not know. */
const cannotLook = (fault: Fault | undefined): boolean =>
  fault !== undefined &&
  ['key-changed', 'console-unconfirmed', 'console-withdrawn', 'assurance-low'].includes(fault.code);
