/** Pure. Falls found and false alarms when the thresholds move, on recorded observations. */
import { decideFall } from './decide-again.ts';
import { type Share, sumUp, type Times } from './outcome-counts.ts';
import type { Recorded } from './record.ts';
import { scoreClip } from './scored-clip.ts';
import type { Knob } from './threshold-sweeps.ts';

export interface CurvePoint {
  readonly value: number;
  readonly falls: Share;
  readonly falseAlarms: Share;
  readonly early: number;
  readonly toFinding?: Times;
  /** Falls to the floor that are not told, and everyday clips that are. */
  readonly missed: readonly string[];
  readonly crying: readonly string[];
}
export interface Curve {
  readonly condition: string;
  readonly points: readonly CurvePoint[];
}

export const curveOf = (knob: Knob, condition: string, records: readonly Recorded[]): Curve => ({
  condition,
  points: knob.values.map((value) => {
    const settings = knob.at(value);
    const scored = records.map((record) =>
      scoreClip(record.clip, { type: 'played', alarms: decideFall(record, settings) }, { leftRoomAfterSeconds: 0 }),
    );
    const { falls, falseAlarms, early, toFinding } = sumUp(scored);
    const named = (outcome: string) => scored.flatMap(({ file, fall }) => (fall.outcome === outcome ? [file] : []));
    const about = { value, falls, falseAlarms, early, missed: named('missed'), crying: named('false') };
    return { ...about, ...(toFinding && { toFinding }) };
  }),
});
