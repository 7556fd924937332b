/** Pure. What the console is shown of an alarm. */
import type { AlarmView, ChainView } from '@nattfrid/shared/desk/alarm-view';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Alarm } from '../record/alarm.ts';
import { type Chain, toldTo } from '../record/chain.ts';

export function alarmView(alarm: Exclude<Alarm, { name: 'none' }>): AlarmView {
  const { facts } = alarm;
  const taken = alarm.name === 'raised' ? undefined : alarm.taken;
  return {
    alarm: facts.alarm,
    kind: facts.kind,
    unit: facts.unit,
    client: facts.client,
    at: facts.at,
    receivedAt: printInstant(facts.receivedAt),
    state: alarm.name,
    overdue: alarm.name === 'raised' && alarm.loud !== 'told',
    evidence: facts.evidence,
    ...(taken && { takenBy: taken.by, takenAt: printInstant(taken.at) }),
    ...(taken?.id && { takenById: taken.id }),
    ...(facts.endedAt && { endedAt: facts.endedAt }),
    ...(facts.look && { look: facts.look }),
    ...(facts.visit && { visit: facts.visit }),
    ...(facts.onTheWayAt !== undefined && { onTheWayAt: printInstant(facts.onTheWayAt) }),
    ...(facts.thereAt !== undefined && { thereAt: printInstant(facts.thereAt) }),
    ...(facts.leftBy && { leftBy: facts.leftBy }),
    ...(facts.chain && facts.chain.name !== 'none' && { chain: chainView(facts.chain) }),
    ...(facts.more && { more: facts.more }),
    ...(facts.quiet && { quiet: facts.quiet }),
    ...(alarm.name === 'closed' && {
      verdict: alarm.verdict,
      closedBy: alarm.closed.by,
      ...(alarm.closed.id && { closedById: alarm.closed.id }),
      closedAt: printInstant(alarm.closed.at),
    }),
  };
}

function chainView(chain: Exclude<Chain, { name: 'none' }>): ChainView {
  const { telephone, words } = chain.line.fallback ?? {};
  const empty = (chain.empty ?? []).flatMap((to) => (to === 'everybody' ? [] : [to]));
  return {
    told: toldTo(chain),
    step: chain.name,
    ...(empty.length > 0 && { empty }),
    ...(chain.again > 0 && { again: chain.again }),
    ...(telephone && { call: telephone }),
    ...(words && { words }),
    ...(chain.line.think && { think: chain.line.think }),
  };
}
