/** Pure. Why a look is made, in words. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { kindKey } from '../state/alarm-name.ts';
import type { Known } from '../state/desk.ts';
import type { Say } from '../words/say.ts';

export function reasonWords(look: LookView, desk: Known, say: Say): string {
  if (look.reason.type === 'window') return say('look.reason.window');
  if (look.reason.type === 'test') return say('look.reason.test');
  const alarm = desk.alarms.get(look.reason.alarm);
  return alarm ? say('look.reason.alarm', { kind: say(kindKey(alarm)) }) : say('look.title');
}
