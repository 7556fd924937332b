/** Pure. Prints one scored clip as a line. */
import type { ScoredClip } from './scored-clip.ts';

export function printClip({ file, group, fall, leftRoom, notInBed, alarms, why }: ScoredClip): string {
  if (fall.outcome === 'not-played') return `NOT PLAYED  ${group.padEnd(10)}  ${file}: ${why}`;
  const told = alarms
    .filter(({ phase }) => phase !== 'changed')
    .map(({ kind, phase, at, code }) => `${kind} ${phase} at ${at.toFixed(1)} s (${code})`);
  const times = [
    ...(fall.toFinding === undefined ? [] : [`${fall.toFinding} s after lying`]),
    ...(leftRoom.off === undefined ? [] : [`left-room ${signed(leftRoom.off)} s off the agreed time`]),
    ...(leftRoom.truth === 'leaves' && leftRoom.off === undefined && leftRoom.told > 0
      ? ['when they left is not told']
      : []),
  ];
  const others = [
    ...(isWrong(leftRoom.outcome) ? [`LEFT-ROOM ${leftRoom.outcome.toUpperCase()}`] : []),
    ...(isWrong(notInBed.outcome) ? [`NOT-IN-BED ${notInBed.outcome.toUpperCase()} (${notInBed.truth})`] : []),
  ];
  const mark = fall.early ? 'TOO EARLY' : marks[fall.outcome];
  return `${mark.padEnd(11)} ${group.padEnd(10)}  ${file}: ${[told.join(', ') || 'nothing told', ...times, ...others].join('; ')}`;
}

const marks: Record<ScoredClip['fall']['outcome'], string> = {
  right: 'right',
  missed: 'MISSED',
  false: 'FALSE ALARM',
  apart: 'apart',
  twice: '',
  'off-time': '',
  'not-played': '',
};
const isWrong = (outcome: string): boolean => ['missed', 'false', 'twice', 'off-time'].includes(outcome);
export const signed = (seconds: number): string => (seconds < 0 ? `−${-seconds}` : `+${seconds}`);
