/** Alarms, looks and visits of the home that nobody lives in, step for step as the relay would take them. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import type { AlarmId, LookId, VisitId } from '@nattfrid/shared/domain/ids';
import type { Verdict } from '@nattfrid/shared/domain/look';
import { Fault } from '@nattfrid/shared/fault/fault';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Answers } from './answer.ts';
import type { World } from './world.ts';

const newId = <Id extends string>() => crypto.randomUUID() as Id;
const gone = () => new Fault('not-found', 'There is nothing of that kind in this exercise.');
/** A quarter of an hour, as long as an exercise waits for it. */
const retryAfter = seconds(4);
const longest = minutes(10);

export function deskAnswers(world: World): Answers {
  const { me, alarms, looks, visits } = world;
  const by = { operator: me.name, ...(me.id && { operatorId: me.id }) };

  function needVisit(why: VisitView['why'], from: Partial<Pick<VisitView, 'look' | 'alarm'>>): VisitId {
    const { unit, client } = world.unit;
    const visit: VisitView = { visit: newId(), unit, client, why, state: 'needed', neededAt: world.now(), ...from };
    world.put({ type: 'visit', visit });
    world.step('visit-needed');
    return visit.visit;
  }

  function close(alarm: AlarmView, verdict: Verdict): AlarmView {
    const visit = verdict === 'all-well' ? undefined : needVisit('help-needed', { alarm: alarm.alarm });
    const done = { verdict, closedBy: me.name, closedAt: world.now(), ...(me.id && { closedById: me.id }) };
    const closed: AlarmView = { ...take(alarm), state: 'closed', ...done, ...(visit && { visit }) };
    world.put({ type: 'alarm', alarm: closed });
    if (verdict === 'help-needed') world.step('help-sent');
    else world.missed();
    return closed;
  }

  const take = (alarm: AlarmView): AlarmView =>
    alarm.state === 'raised'
      ? { ...alarm, state: 'taken', takenBy: me.name, takenAt: world.now(), ...(me.id && { takenById: me.id }) }
      : alarm;

  /** «Not seen» leads to another look, and after that to a visit. */
  function judge(look: LookView, verdict: Verdict): LookView {
    const said: LookView = { ...look, state: 'done', verdict, verdictAt: world.now(), end: 'operator-closed' };
    if (verdict === 'help-needed') return { ...said, visit: needVisit('help-needed', { look: look.look }) };
    if (verdict === 'all-well') {
      world.missed();
      return said;
    }
    world.step('not-seen-said');
    if (look.attempt > 1) return { ...said, visit: needVisit('not-seen-twice', { look: look.look }) };
    const retry = newId<LookId>();
    const { unit, client, reason, comment } = look;
    const due = { dueFrom: world.now(retryAfter), dueUntil: world.now(longest) };
    const again: LookView = { look: retry, unit, client, reason, attempt: 2, state: 'due', ...due };
    world.put({ type: 'look', look: { ...again, ...(comment && { comment }) } });
    return { ...said, retry };
  }

  return {
    takeAlarm({ params }) {
      const alarm = alarms.get(params.alarm);
      if (!alarm) return gone();
      const taken = take(alarm);
      world.put({ type: 'alarm', alarm: taken });
      world.step('alarm-taken');
      return taken;
    },
    closeAlarm({ params, body }) {
      const alarm = alarms.get(params.alarm);
      if (!alarm) return gone();
      const look = alarm.look && looks.get(alarm.look);
      if (look) world.put({ type: 'look', look: { ...look, state: 'done', end: 'operator-closed' } });
      return close(alarm, body.verdict);
    },
    openLook({ body: { unit, reason, look: meant } }) {
      const due = meant && looks.get(meant);
      const alarm = reason.type === 'alarm' ? alarms.get(reason.alarm) : undefined;
      const fresh = { look: newId<LookId>(), unit, client: world.unit.client, reason, attempt: 1 } as const;
      const times = { dueFrom: world.now(), dueUntil: world.now(longest) };
      const facts = due ?? { ...fresh, ...times, ...(alarm && { alarm: alarm.alarm as AlarmId }) };
      const opened = { openedAt: world.now(), until: world.now(minutes(2)), mode: 'silhouette' } as const;
      const look: LookView = { ...facts, state: 'open', ...by, ...opened };
      if (alarm) {
        world.put({ type: 'alarm', alarm: { ...take(alarm), look: look.look } });
        world.step('alarm-taken');
      }
      world.put({ type: 'look', look });
      world.step(look.attempt > 1 ? 'retry-opened' : 'look-opened');
      return look;
    },
    closeLook({ params }) {
      const look = looks.get(params.look);
      if (!look) return gone();
      const closed: LookView =
        look.state === 'open' ? { ...look, state: 'awaiting-verdict', end: 'operator-closed' } : look;
      world.put({ type: 'look', look: closed });
      return closed;
    },
    giveVerdict({ params, body: { verdict } }) {
      const look = looks.get(params.look);
      if (!look) return gone();
      const alarm = look.alarm && alarms.get(look.alarm);
      const closed = alarm && close(alarm, verdict);
      const judged: LookView = closed
        ? { ...look, state: 'done', verdict, verdictAt: world.now(), ...(closed.visit && { visit: closed.visit }) }
        : judge(look, verdict);
      world.put({ type: 'look', look: judged });
      return judged;
    },
    moveVisit({ params, body }) {
      const before = visits.get(params.visit);
      if (!before) return gone();
      const visit = moved(before, body, me.name, world.now());
      world.put({ type: 'visit', visit });
      world.step(body.to === 'done' ? 'outcome-given' : body.to);
      return visit;
    },
  };
}

function moved(
  visit: VisitView,
  body: { readonly to: 'on-the-way' | 'there' } | { readonly to: 'done'; readonly outcome: string },
  who: string,
  at: string,
): VisitView {
  switch (body.to) {
    case 'on-the-way':
      return { ...visit, state: 'on-the-way', who, onTheWayAt: at };
    case 'there':
      return { ...visit, state: 'there', who, thereAt: at };
    case 'done':
      return { ...visit, state: 'done', doneAt: at, outcome: body.outcome };
  }
}
