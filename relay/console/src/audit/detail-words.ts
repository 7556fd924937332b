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
  reason: ['whyFalse', 'breakGlass reason', 'auditCode'],
  type: ['outward', 'auditCode'],
  events: ['outward'],
  scopes: ['scope'],
  action: ['levelled', 'auditCode'],
  assurance: ['auditLevel'],
  lookAssurance: ['auditLevel'],
  has: ['auditLevel'],
  needs: ['auditLevel'],
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
      const words = valueWords(name, value, say);
      return { name: nameWords(name, say), value: words ?? value, isCode: words === undefined };
    });
}

/** What the organisation asks for is named with what it is asked for. */
function nameWords(name: string, say: Say): string {
  const action = /^level (.+)$/.exec(name)?.[1];
  const key = known('auditDetail', name);
  if (action === undefined) return key ? say(key) : name;
  const levelled = known('levelled', action);
  return say('auditDetail.level', { action: levelled ? say(levelled) : action });
}

/** Who did it: a person, a unit, the server itself, or nobody whom it knows. */
export function whoWords(who: string, say: Say): string {
  const role = known('auditWho', who);
  if (role) return say(role);
  const unit = /^unit (.+)$/.exec(who);
  return unit ? say('place.unit', { unit: unit[1] ?? '' }) : who;
}

function valueWords(name: string, value: string, say: Say): string | undefined {
  const own = groups[name.startsWith('level ') ? 'assurance' : name] ?? ['auditCode'];
  const wordsOf = (code: string) => {
    const key = own.map((group) => known(group.replace(' ', '.'), code)).find((one) => one !== undefined);
    return key && say(key);
  };
  const whole = wordsOf(value);
  if (whole !== undefined) return whole;
  const reason = /^(alarm|window|test) (.+)$/.exec(name === 'reason' ? value : '')?.[1];
  const key = reason && known('auditReason', reason);
  if (key) return say(key);
  // «password and code», «looks visits»
  const each = value.split(/ and | /).map(wordsOf);
  return each.includes(undefined) ? undefined : each.join(', ');
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
