/** Pure. The small print of a line of the log, in words: names and codes of the relay as they are said here; whatever is newer stays as it is. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';

/** Name of a detail > the groups of words that its codes are looked up in («visit why»: all keys that begin so), the first that knows them. */
const groups: Readonly<Record<string, readonly string[]>> = {
  role: ['role'],
  before: ['role'],
  verdict: ['verdict'],
  mode: ['mode'],
  kind: ['alarm kind', 'auditCode'],
  what: ['halt what', 'auditCode'],
  saidBy: ['halt saidBy'],
  to: ['stockState', 'visit state', 'swapState', 'role'],
  why: ['refusal', 'visit why', 'fault', 'noPicture', 'relayWhy', 'auditCode'],
  reason: ['whyFalse', 'auditCode'],
  type: ['auditCode'],
  fields: ['auditCode'],
};

export interface DetailWords {
  readonly name: string;
  readonly value: string;
  /** A code that there are no words for, or what somebody has called something: of no language. */
  readonly isCode: boolean;
}

/** «varför: Planen tillåter inte tillsyn vid larm.» */
export function detailWords(details: Readonly<Record<string, string>>, say: Say): readonly DetailWords[] {
  return Object.entries(details)
    .filter(([name]) => name !== 'operator')
    .map(([name, value]) => {
      const key = known('auditDetail', name);
      const words = valueWords(name, value, say);
      return { name: key ? say(key) : name, value: words ?? value, isCode: words === undefined };
    });
}

/** Who did it: a person, a unit, or the server itself. */
export function whoWords(who: string, say: Say): string {
  if (who === 'relay') return say('auditWho.relay');
  const unit = /^unit (.+)$/.exec(who);
  return unit ? say('place.unit', { unit: unit[1] ?? '' }) : who;
}

function valueWords(name: string, value: string, say: Say): string | undefined {
  for (const group of groups[name] ?? ['auditCode']) {
    const key = known(group.replace(' ', '.'), value);
    if (key) return say(key);
  }
  const reason = /^(alarm|window|test) (.+)$/.exec(name === 'reason' ? value : '')?.[1];
  const key = reason && known('auditReason', reason);
  if (key) return say(key);
  const codes = value.split(' ').map((code) => known('auditCode', code));
  const [first, ...others] = codes;
  return first && others.every(Boolean) ? codes.map((code) => (code ? say(code) : '')).join(', ') : undefined;
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
