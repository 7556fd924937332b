/** Pure. What somebody has to see to of a unit, in words. */
import type { UnitTask } from '../state/unit-tasks.ts';
import { known } from '../words/known.ts';
import type { Language } from '../words/language.ts';
import type { Say } from '../words/say.ts';
import { clockTime, day, length, readTime } from '../words/times.ts';

export function unitTaskWords(task: UnitTask, say: Say, language: Language): string {
  switch (task.type) {
    case 'stopped':
      if (task.told === 'cannot') return say('unitTask.stopCannot');
      return say(task.told === 'yes' ? `unitTask.stopped.${task.why}` : 'unitTask.stopNotTold');
    case 'paused': {
      const at = readTime(task.until);
      const until = say('time.atOnDay', { day: day(at, language), time: clockTime(at, language) });
      if (task.told === 'cannot') return say('unitTask.pauseCannot');
      return say(task.told === 'yes' ? 'unitTask.paused' : 'unitTask.pauseNotTold', { until });
    }
    case 'dark':
      return say(`unitTask.dark.${task.why}`);
    case 'no-plan':
      return say('unitTask.noPlan');
    case 'plan-begins': {
      if (task.at === undefined) return say('unitTask.planBeginsLater');
      const at = readTime(task.at);
      const words = say('time.atOnDay', { day: day(at, language), time: clockTime(at, language) });
      return say('unitTask.planBegins', { at: words });
    }
    case 'plan-ended':
      return say('unitTask.planEnded');
    case 'plan-refused': {
      const key = known('planRefused', task.why);
      const why = key ? say(key) : say('planRefused.unknown', { code: task.why });
      return say(task.watched ? 'unitTask.planRefused' : 'unitTask.planRefused.nothing', { why });
    }
    case 'plan-ends':
      return task.days === 0 ? say('unitTask.planEndsToday') : say('unitTask.planEnds', { count: task.days });
    case 'clock-off': {
      const by = length(Math.abs(task.bySeconds) * 1000, say);
      return say(task.bySeconds > 0 ? 'unitTask.clockAhead' : 'unitTask.clockBehind', { by });
    }
  }
}
