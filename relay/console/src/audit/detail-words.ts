/** Pure. The small print of a line of the log, in words: names and codes of the relay as they are said here; whatever is newer stays as it is. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';

/** Name of a detail > the groups of words that its codes are looked up in, the first that knows them. */
const groups: Readonly<Record<string, readonly string[]>> = {
  role: ['role'],
  before: ['role'],
  verdict: ['verdict'],
  mode: ['mode'],
  kind: ['alarm.kind'],
  what: ['halt.what', 'consent'],
  saidBy: ['halt.saidBy'],
  to: ['stock.state', 'visit.state', 'swap.state', 'role'],
  why: ['refusal', 'visit.why', 'fault', 'noPicture', 'relayWhy', 'auditCode'],
  reason: ['whyFalse', 'auditCode'],
  type: ['auditCode'],
  fields: ['auditCode'],
};

/** «Varför: Planen tillåter inte tillsyn vid larm.» */
export function detailWords(details: Readonly<Record<string, string>>, say: Say): string {
  return Object.entries(details)
    .filter(([name]) => name !== 'operator')
    .map(([name, value]) => {
      const key = known('auditDetail', name);
      return `${key ? say(key) : name}: ${valueWords(name, value, say)}`;
    })
    .join(' · ');
}

function valueWords(name: string, value: string, say: Say): string {
  for (const group of groups[name] ?? []) {
    const key = known(group, value);
    if (key) return say(key);
  }
  const alarm = /^(alarm|window) (.+)$/.exec(name === 'reason' ? value : '');
  return alarm ? say(alarm[1] === 'alarm' ? 'auditReason.alarm' : 'auditReason.window') : value;
}

/** What a line is about: lists by their names, an alarm or a look by its home, where it is on the desk still. */
export function subjectWords(
  subject: string,
  desk: { readonly alarms: ReadonlyMap<string, AlarmView>; readonly looks: ReadonlyMap<string, LookView> },
  say: Say,
): string {
  const list = known('auditSubject', subject);
  if (list) return say(list);
  const alarm = desk.alarms.get(subject);
  if (alarm) return say('auditReason.ofHome', { what: say('alarm.tag'), client: alarm.client });
  const look = desk.looks.get(subject);
  if (look) return say('auditReason.ofHome', { what: say('look.tag'), client: look.client });
  return subject;
}
