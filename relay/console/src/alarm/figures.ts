/** Pure. The evidence of an alarm in words and figures; a code or figure from a newer unit is shown by its name. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { Evidence } from '@nattfrid/shared/domain/alarm';
import { leadKey } from '../state/alarm-name.ts';
import { known, spaced } from '../words/known.ts';
import type { Language } from '../words/language.ts';
import type { Say } from '../words/say.ts';
import { number } from '../words/times.ts';

export const evidenceWords = (evidence: Evidence, say: Say): string => {
  const key = known('evidence', evidence.code);
  return key ? say(key) : say('evidence.unknown', { code: evidence.code });
};

/** What happened, in one sentence: as the unit saw it, where that is more than the kind of the alarm says. */
export function happenedWords(alarm: Pick<AlarmView, 'kind' | 'evidence'>, say: Say): string {
  const key = seen.has(alarm.kind) ? known('evidence', alarm.evidence.code) : undefined;
  return say(key ?? leadKey(alarm));
}
const seen: ReadonlySet<string> = new Set(['fall', 'left-room']);

/** «Legat i», «15 s». */
export function figureWords(evidence: Evidence, language: Language, say: Say): readonly (readonly [string, string])[] {
  const figures = Object.entries(evidence.figures).map(([name, value]) => {
    const key = known('figure', name);
    return [key ? say(key) : spaced(name), measured(name, value, language, say)] as const;
  });
  const { place, bed } = evidence;
  return [
    ...(place ? [[say('figure.place'), say(`place.${place}`)] as const] : []),
    ...figures,
    ...(bed ? [[say('figure.bed'), say(`bed.${bed}`)] as const] : []),
  ];
}

/** The name of a figure ends in its unit. */
function measured(name: string, value: number, language: Language, say: Say): string {
  const round = number(value, language);
  if (/seconds$/i.test(name)) {
    if (value < 120) return say('unit.second', { count: round });
    return say('unit.minute', { count: Math.round(value / 60) });
  }
  if (/minutes$/i.test(name)) return say('unit.minute', { count: round });
  if (['certainty', 'brightness', 'contrast', 'roomRecognised'].includes(name))
    return say('unit.percent', { count: Math.round(value * 100) });
  return round;
}
