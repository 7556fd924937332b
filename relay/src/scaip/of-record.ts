/** Pure. What receivers are told when an alarm or a visit has become something else. */
import type { HandOverAt, ScaipEvent } from '@nattfrid/shared/desk/receiver-view';
import type { Alarm } from '../record/alarm.ts';
import { toldTo } from '../record/chain.ts';
import type { Visit, WhyVisit } from '../record/visit.ts';

type KnownAlarm = Exclude<Alarm, { name: 'none' }>;
type KnownVisit = Exclude<Visit, { name: 'none' }>;

/** That of a receiver that does not answer is for the people here: telling it to receivers would go round in a circle. */
export const ownCodes = { silent: 'centre-silent', refused: 'centre-refused' } as const;

/** In order: begun, over, closed. An alarm that has begun once more is a new event. */
export function ofAlarm(before: Alarm, after: KnownAlarm): readonly ScaipEvent[] {
  const told = eventsOf(after);
  if (!told) return [];
  // Nobody was told of it before.
  const isFirst = before.name === 'none' || before.facts.quiet !== undefined;
  const was = isFirst || (before.name === 'closed' && after.name !== 'closed') ? undefined : before;
  if (was?.name === 'closed') return [];
  const isOver = after.facts.endedAt !== undefined;
  const wasOver = was?.facts.endedAt !== undefined;
  return [
    ...(!was || (wasOver && !isOver && after.name !== 'closed') ? [told.began] : []),
    ...(isOver && !wasOver ? [told.over] : []),
    ...(after.name === 'closed' ? ([after.verdict === 'all-well' ? 'closed-all-well' : 'closed-visit'] as const) : []),
  ];
}

/** Whether the alarm's chain has come to the step at which a receiver is told of it. */
export function hasComeTo(at: HandOverAt, alarm: KnownAlarm): boolean {
  if (at === 'at-once') return true;
  const { chain } = alarm.facts;
  if (alarm.name !== 'raised' || !chain || chain.name === 'none') return false;
  return at === 'fallback' ? chain.name === 'fallen-back' : toldTo(chain).includes('everybody');
}

/** What a receiver is told that hears of the alarm only now. */
export function lateOfAlarm(alarm: KnownAlarm): readonly ScaipEvent[] {
  const told = eventsOf(alarm);
  if (!told) return [];
  return alarm.facts.endedAt === undefined ? [told.began] : [told.began, told.over];
}

function eventsOf({
  facts: { kind, evidence, quiet },
}: KnownAlarm): { began: ScaipEvent; over: ScaipEvent } | undefined {
  if (quiet) return undefined;
  switch (kind) {
    case 'fall':
      return { began: 'fall', over: 'fall-over' };
    case 'left-room':
      return { began: 'left-room', over: 'left-room-over' };
    case 'not-in-bed':
      return { began: 'not-in-bed', over: 'not-in-bed-over' };
    case 'blind':
      return {
        began: ['covered', 'moved'].includes(evidence.code) ? 'camera-covered' : 'camera-fault',
        over: 'camera-sees',
      };
    case 'camera-lost':
      return { began: 'camera-fault', over: 'camera-sees' };
    case 'unit-silent': {
      if (Object.values<string>(ownCodes).includes(evidence.code)) return undefined;
      const isSilent = evidence.code === 'unit-silent' || evidence.code === 'power-gone';
      return { began: isSilent ? 'unit-silent' : 'unit-fault', over: 'unit-back' };
    }
  }
}

const visitEvents: Readonly<Record<WhyVisit, ScaipEvent>> = {
  'technical-fault': 'look-failed',
  'no-supervision': 'look-failed',
  'not-seen-twice': 'not-seen',
  'help-needed': 'help-needed',
  'alarm-not-taken': 'help-needed',
};

/** A visit that is asked for, another look of the home that came to nothing, and that somebody has been there. */
export function ofVisit(before: Visit, after: KnownVisit): readonly ScaipEvent[] {
  if (before.name === 'none') return [visitEvents[after.facts.why]];
  const known = before.facts.also?.length ?? 0;
  const also = (after.facts.also ?? []).slice(known).map(({ why }) => visitEvents[why]);
  const isDone = after.name === 'done' && before.name !== 'done';
  return [...also.filter((event) => event !== 'help-needed'), ...(isDone ? (['visit-done'] as const) : [])];
}
