/** One plan, in sentences that the client could read. */
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { AgreedAlarms, FallPlace, Plan } from '@nattfrid/shared/domain/plan';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { useNow } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import type { Say } from '../words/say.ts';
import { day, length, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './plan.module.css';

export function PlanWords({ plan, taken }: { plan: Plan; taken: UnitView['plan'] }) {
  const { say, language } = useWords();
  const now = useNow();
  const [from, until] = [readTime(plan.validFrom), readTime(plan.validUntil)];
  const dates = { from: day(from, language), until: day(until, language) };
  const alarms = alarmWords(plan.alarms, say);
  return (
    <section className={`${parts['card']} ${css['plan']}`} aria-labelledby="plan" data-testid="plan">
      <div>
        <h2 id="plan">{say('plan.heading', { client: plan.client })}</h2>
        <p>{say('plan.version', { version: plan.version, ...dates })}</p>
        {taken && !taken.taken ? (
          <p className={css['warn']}>{say('unit.plan.sent', { version: taken.version })}</p>
        ) : null}
        {now < from || now > until ? <p className={css['warn']}>{say('plan.notNow')}</p> : null}
      </div>
      <div>
        <p>{say('plan.mode', { mode: say(`mode.${plan.mode}`) })}</p>
        <p>{say(`plan.watch.${plan.watch}`)}</p>
      </div>
      <div>
        <h3>{say('plan.windows')}</h3>
        {plan.windows.length === 0 ? <p>{say('plan.windows.none')}</p> : null}
        <ul>
          {plan.windows.map((window) => (
            <li key={window.id}>
              {window.from === window.to
                ? say('plan.allDay', { count: window.looks })
                : say('plan.window', { from: window.from, to: window.to, count: window.looks })}
            </li>
          ))}
        </ul>
        <p className={css['quiet']}>{say('plan.longest', { length: length(seconds(plan.longestLookSeconds), say) })}</p>
        <p className={css['quiet']}>{say('plan.retry', { length: length(minutes(plan.retryAfterMinutes), say) })}</p>
      </div>
      <div>
        <h3>{say('plan.alarms')}</h3>
        {alarms.length === 0 ? <p>{say('plan.alarms.none')}</p> : null}
        <ul>
          {alarms.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <p className={css['quiet']}>
          {plan.alarmLook
            ? say('plan.alarmLook.yes', { length: length(minutes(plan.alarmLook.minutes), say) })
            : say('plan.alarmLook.no')}
        </p>
      </div>
      <div>
        <h3>{say('plan.consents')}</h3>
        <ul>
          <li>{say('plan.consent.technology', { date: plan.consents.technology })}</li>
          <li>{say('plan.consent.supervision', { date: plan.consents.supervision })}</li>
          <li>
            {plan.consents.cohabitants === 'lives-alone'
              ? say('plan.consent.livesAlone')
              : say('plan.consent.cohabitants', { date: plan.consents.cohabitants })}
          </li>
        </ul>
      </div>
    </section>
  );
}

function alarmWords({ fall, leftRoom, notInBed, blind }: AgreedAlarms, say: Say): readonly string[] {
  const words: string[] = [];
  if (fall) {
    words.push(say('plan.alarm.fall', { length: length(seconds(fall.persistenceSeconds), say) }));
    words.push(...(fall.places ?? []).map((place) => placeWords(place, say)));
  }
  if (leftRoom) {
    const after = length(minutes(leftRoom.afterMinutes), say);
    const { hours } = leftRoom;
    words.push(
      hours
        ? say('plan.alarm.leftRoomHours', { length: after, from: hours.from, to: hours.to })
        : say('plan.alarm.leftRoom', { length: after }),
    );
    if (leftRoom.bathroomMinutes !== undefined)
      words.push(say('plan.alarm.bathroom', { length: length(minutes(leftRoom.bathroomMinutes), say) }));
  }
  if (notInBed) words.push(say('plan.alarm.notInBed', { by: notInBed.by, until: notInBed.until }));
  if (blind) words.push(say('plan.alarm.blind', { length: length(seconds(blind.afterSeconds), say) }));
  return words;
}

function placeWords({ where, lying, hours }: FallPlace, say: Say): string {
  const place = say(`plan.fallPlace.${where.type}`);
  const words =
    lying.type === 'agreed'
      ? say('plan.fallPlace.agreed', { place })
      : say('plan.fallPlace.toldAfter', { place, length: length(seconds(lying.persistenceSeconds), say) });
  return hours ? say('plan.fallPlace.hours', { words, from: hours.from, to: hours.to }) : words;
}
