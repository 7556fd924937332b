/** Pure. Whether an alarm is told to somebody, by the step that its chain has come to: the same for a screen and for a telephone. */
import type { TeamId } from '../domain/ids.ts';
import type { AlarmView } from './alarm-view.ts';

/** An older relay knows of no chain: everybody is told. */
export const isForEverybody = ({ chain, overdue }: Pick<AlarmView, 'chain' | 'overdue'>): boolean =>
  overdue || !chain || chain.told.length === 0 || chain.told.includes('everybody');

/** @param own teams that somebody is in now */
export const isForTeams = (alarm: Pick<AlarmView, 'chain' | 'overdue'>, own: readonly TeamId[]): boolean =>
  isForEverybody(alarm) || own.some((team) => alarm.chain?.told.includes(team));
