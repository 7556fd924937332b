/** The card of one unit: presence, vitals, plan, key and room, in words. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import { useMay } from '../around/around.tsx';
import { useWholeUnit } from '../around/asking.ts';
import { BreakGlassLink } from '../break-glass/break-glass-link.tsx';
import { HaltActs } from '../halt/halt-acts.tsx';
import { AlarmSign, LinkSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { WayLink } from '../parts/way.tsx';
import { Ago } from '../parts/when.tsx';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import { RoomChanged } from './room-changed.tsx';
import { inTrouble } from './trouble.ts';
import css from './unit.module.css';
import { UnitActs } from './unit-acts.tsx';
import { UnitFingerprint } from './unit-fingerprint.tsx';
import { UnitTasksList } from './unit-tasks-list.tsx';
import { UnitVitals } from './unit-vitals.tsx';

export function UnitCard({ unit }: { unit: UnitView }) {
  const { say } = useWords();
  const mayServe = useMay('serve-units');
  const trouble = inTrouble(unit);
  const whole = useWholeUnit(unit.unit).data;
  const vitals = unit.vitals && { ...whole?.vitals, ...unit.vitals };
  const heardAt = unit.lastHeardAt ?? whole?.lastHeardAt;
  const plan = unit.plan;
  const governed = unit.inForce ? unit.inForce.state === 'in-force' : plan !== undefined;
  const away = unit.presence === 'late' || unit.presence === 'silent';
  return (
    <article
      className={css['unit']}
      data-testid="unit-card"
      data-unit={unit.unit}
      data-presence={unit.presence}
      {...(trouble ? { 'data-trouble': true } : {})}
    >
      <div>
        <h2>{unit.client}</h2>
        <p className={css['sub']}>
          {unit.place ? `${unit.place} · ` : ''}
          {say('place.unit', { unit: unit.unit })}
        </p>
      </div>
      <div>
        <p className={`${css['presence']} ${away ? css['trouble'] : ''}`}>
          {away ? <AlarmSign size={22} /> : <LinkSign size={22} />} {say(`unit.presence.${unit.presence}`)}
        </p>
        <p className={css['sub']}>
          {heardAt ? <LastHeard at={heardAt} /> : unit.presence === 'expected' ? say('unit.neverHeard') : null}
        </p>
      </div>
      {unit.vitals ? null : <p className={css['sub']}>{say('unit.noVitals')}</p>}
      <dl className={parts['facts']}>
        {vitals ? <UnitVitals vitals={vitals} inForce={unit.inForce} /> : null}
        <dt>{say('unit.plan')}</dt>
        <dd data-testid="unit-plan" {...(governed ? {} : { className: css['trouble'] })}>
          {planWords(unit, say)}
          {plan ? (
            <>
              {' · '}
              <WayLink to={{ page: 'plan', id: unit.unit }}>{say('unit.plan.show')}</WayLink>
            </>
          ) : null}
        </dd>
        <dt>{say('unit.key')}</dt>
        <dd>
          <UnitFingerprint unit={unit} />
        </dd>
        <dt>{say('unit.room')}</dt>
        <dd data-testid="unit-room">
          {roomWords(unit, say)}
          {' · '}
          <WayLink to={{ page: 'room', id: unit.unit }} data-testid="room-link">
            {say('unit.room.show')}
          </WayLink>
        </dd>
      </dl>
      {mayServe ? (
        <p>
          <WayLink to={{ page: 'serve', id: unit.unit }} data-testid="serve-link">
            {say('unit.howIsIt')}
          </WayLink>
        </p>
      ) : null}
      <UnitTasksList unit={unit} />
      <RoomChanged unit={unit} />
      <HaltActs alias={unit.client} />
      <BreakGlassLink client={unit.client} />
      <UnitActs unit={unit.unit} />
    </article>
  );
}

/** What the unit says itself; of one that does not say, what the relay has sent it. */
function planWords({ plan, inForce }: UnitView, say: Say): string {
  const sent = plan && plan.version !== inForce?.version && !plan.taken;
  const more = sent ? ` · ${say('unit.plan.sent', { version: plan.version })}` : '';
  const version = inForce?.version ?? '?';
  switch (inForce?.state) {
    case 'in-force':
      return say('unit.plan.taken', { version }) + more;
    case 'not-begun':
      return say('unit.plan.notBegun', { version }) + more;
    case 'ended':
      return say('unit.plan.ended', { version }) + more;
    case 'stopped':
      return say('unit.plan.stopped', { version }) + more;
    case 'paused':
      return say('unit.plan.paused', { version }) + more;
    case 'none':
      return say('unit.plan.none') + more;
    case undefined:
      return plan
        ? say(plan.taken ? 'unit.plan.taken' : 'unit.plan.sent', { version: plan.version })
        : say('unit.plan.none');
  }
}

function roomWords({ room }: UnitView, say: Say): string {
  if (room?.waiting !== undefined) return say('unit.room.waiting');
  if (room?.refused) return say(`room.refused.${room.refused}`);
  if (room?.version !== undefined)
    return say(room.inUse ? 'unit.room.inUse' : 'unit.room.sent', { version: room.version });
  return say(room?.proposedAt ? 'unit.room.proposed' : 'unit.room.none');
}

function LastHeard({ at }: { at: string }) {
  const { say } = useWords();
  const [before, after] = say('unit.lastHeard', { ago: '|' }).split('|');
  return (
    <>
      {before}
      <Ago at={at} />
      {after}
    </>
  );
}
