/** Pure. Operating curve: falls found and false alarms at each value of a threshold sweep, on recorded observations. */
import { decideFall } from './decide-again.ts';
import { countOutcomes, type Share, type Times } from './outcome-counts.ts';
import type { Recorded } from './record.ts';
import { scoreClip } from './scored-clip.ts';
import type { ThresholdSweep } from './threshold-sweeps.ts';

export interface CurvePoint {
  readonly value: number;
  readonly falls: Share;
  readonly falseAlarms: Share;
  readonly early: number;
  readonly toFinding?: Times;
  /** Files of falls without an alarm, and of everyday clips with one. */
  readonly missed: readonly string[];
  readonly falselyAlarmed: readonly string[];
}
export interface Curve {
  readonly condition: string;
  readonly points: readonly CurvePoint[];
}

export const curveOf = (sweep: ThresholdSweep, condition: string, records: readonly Recorded[]): Curve => ({
  condition,
  points: sweep.values.map((value) => {
    const settings = sweep.at(value);
    const scored = records.map((record) =>
      scoreClip(record.clip, { type: 'played', alarms: decideFall(record, settings) }, { leftRoomAfterSeconds: 0 }),
    );
    const { falls, falseAlarms, early, toFinding } = countOutcomes(scored);
    const named = (outcome: string) => scored.flatMap(({ file, fall }) => (fall.outcome === outcome ? [file] : []));
    const about = { value, falls, falseAlarms, early, missed: named('missed'), falselyAlarmed: named('false') };
    return { ...about, ...(toFinding && { toFinding }) };
  }),
});
