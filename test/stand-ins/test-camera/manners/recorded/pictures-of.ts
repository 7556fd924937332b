/** Pure. The pictures of a recording, as far as heads of packets tell them: which packets have one time. */
import type { MannersRecording, RecordedRtp } from '@nattfrid/agent/technician/manners/recording';

export interface RecordedPicture {
  /** Arrival of its first packet, in milliseconds. */
  readonly at: number;
  /** Ticks since the first picture. */
  readonly time: number;
  readonly packets: readonly RecordedRtp[];
  readonly key: boolean;
  /** Units that are slices, or a byte stream in their place. */
  readonly slices: number;
}

export type NalOf = 'h264' | 'h265' | 'mjpeg';

export const isSet = (type: number, codec: NalOf): boolean =>
  codec === 'h264' ? type === 7 || type === 8 : type >= 32 && type <= 34;
export const isSlice = (type: number, codec: NalOf): boolean => (codec === 'h264' ? type >= 1 && type <= 5 : type < 32);
const isKey = (type: number, codec: NalOf): boolean => (codec === 'h264' ? type === 5 : type >= 16 && type <= 21);

/** No parameter set is as large; a byte stream that begins with one is. */
export const largestSet = 400;

/** The channel and the payload type of the pictures: those of most bytes. */
export function trackOf({ packets }: MannersRecording): { readonly channel: number; readonly type: number } {
  const sums = new Map<string, { channel: number; type: number; bytes: number }>();
  for (const one of packets) {
    if (one.kind !== 'rtp') continue;
    const key = `${one.channel} ${one.type}`;
    const sum = sums.get(key) ?? { channel: one.channel, type: one.type, bytes: 0 };
    sums.set(key, { ...sum, bytes: sum.bytes + one.payload });
  }
  const [most] = [...sums.values()].sort((one, other) => other.bytes - one.bytes);
  return { channel: most?.channel ?? 0, type: most?.type ?? 96 };
}

/** Slices of one picture that each have a time of their own lie closer. */
const oneTime = 30;

export function picturesOf(
  recording: MannersRecording,
  track: { readonly channel: number; readonly type: number },
  codec: NalOf,
): readonly RecordedPicture[] {
  let time = 0;
  const groups: { at: number; time: number; last: number; packets: RecordedRtp[] }[] = [];
  const all = recording.packets.filter((one) => one.kind === 'rtp' && one.channel === track.channel);
  const stands = all.every((one) => one.kind === 'rtp' && one.time === 0);
  let ended = true;
  for (const one of all) {
    if (one.kind !== 'rtp') continue;
    time += one.time;
    if (one.type !== track.type || one.payload === 0) continue;
    const group = groups.at(-1);
    const same = group && (stands ? !ended : Math.abs(time - group.last) <= oneTime);
    if (same) {
      group.packets.push(one);
      group.last = time;
    } else groups.push({ at: one.at, time, last: time, packets: [one] });
    ended = one.marker;
  }
  return groups.map(({ at, time: own, packets }) => {
    const types = packets.flatMap(({ unit }) => (unit && unit.kind !== 'aggregate' ? [unit.type] : []));
    const streamed = bytesOf(packets, codec) > largestSet;
    const slices = packets.filter(({ unit }) => unit && begins(unit) && isSlice(unit.type, codec)).length;
    return { at, time: own, packets, key: types.some((type) => isKey(type, codec)) || streamed, slices };
  });
}

const begins = (unit: NonNullable<RecordedRtp['unit']>): boolean =>
  unit.kind === 'single' || (unit.kind === 'fragment' && unit.start === true);

/** Bytes under the heads of parameter sets, in fragments or not. */
export const bytesOf = (packets: readonly RecordedRtp[], codec: NalOf): number =>
  codec === 'mjpeg'
    ? 0
    : packets.reduce(
        (sum, { unit, payload }) => sum + (unit && unit.kind !== 'aggregate' && isSet(unit.type, codec) ? payload : 0),
        0,
      );

export function median(all: readonly number[]): number {
  const sorted = all.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Of all, those that are so: 0 to 1. */
export const share = <One>(all: readonly One[], is: (one: One) => boolean): number =>
  all.length === 0 ? 0 : all.filter(is).length / all.length;
