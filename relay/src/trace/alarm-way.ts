/** Pure. The way of an alarm, from what a unit has seen to what a person has made of it, as spans of a trace (OpenTelemetry). */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';

/** A stretch of the way that is over. */
export interface Stretch {
  readonly name: 'alarm' | 'to the relay' | 'to the consoles' | 'until taken' | 'until on the way' | 'until there';
  /** ms since 1970. */
  readonly from: number;
  readonly until: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Nothing of a person stands in it: a unit goes by its name, and neither client nor staff are told.
 *
 * @param alarm as it is now @param now ms since 1970, of the moment in which it was told to the consoles
 * @returns what is over of its way, in its order; the whole, `alarm`, once a person has closed it
 */
export function wayOf(alarm: AlarmView, now: number): readonly Stretch[] {
  const at = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time));
  const { kind, unit, evidence } = alarm;
  const of = { 'nattfrid.unit': unit, 'nattfrid.kind': kind, 'nattfrid.code': evidence.code };
  const [began, received, closed] = [Date.parse(alarm.at), Date.parse(alarm.receivedAt), at(alarm.closedAt)];
  const [taken, onTheWay, there] = [at(alarm.takenAt), at(alarm.onTheWayAt), at(alarm.thereAt)];
  const stretch = (
    name: Stretch['name'],
    from: number | undefined,
    until: number | undefined,
    more: Stretch['attributes'] = {},
  ): readonly Stretch[] =>
    from === undefined || until === undefined
      ? []
      : // A unit's clock may be ahead: no span ends before it begins.
        [{ name, from: Math.min(from, until), until, attributes: { ...of, ...more } }];
  return [
    ...stretch('to the relay', began, received),
    ...stretch('to the consoles', received, Math.max(received, now)),
    ...stretch('until taken', received, taken, { 'nattfrid.overdue': alarm.overdue }),
    ...stretch('until on the way', taken ?? received, onTheWay),
    ...stretch('until there', onTheWay, there),
    ...stretch('alarm', began, closed, { ...(alarm.verdict && { 'nattfrid.verdict': alarm.verdict }) }),
  ];
}
