/** Sends drawn payloads through the depacketizer of a track, and says what comes out in words. */
import { run } from '@nattfrid/shared/machine/machine';
import type { Depacketized } from '../../../agent/src/camera/rtp/depacketized.ts';
import { depacketizer } from '../../../agent/src/camera/rtp/depacketizer.ts';
import type { ArrivedPacket } from '../../../agent/src/camera/rtp/reorder.ts';
import type { VideoTrack } from '../../../agent/src/camera/rtp/track.ts';
import type { Codec } from '../../../agent/src/codec/codec.ts';
import { nalUnits } from '../../../agent/src/h264/annex-b.ts';

export const trackOf = (codec: Codec, given: Partial<VideoTrack> = {}): VideoTrack => ({
  ...{
    codec,
    payload: codec === 'mjpeg' ? 26 : 96,
    clockRate: 90_000,
    control: 'rtsp://camera',
    sets: [],
    donl: false,
  },
  ...given,
});

/** [timestamp, payload, what, more]: `|` has the marker, `x` is lost on the way, `o` is of another payload type. */
export type Sent = readonly [timestamp: number, payload: Uint8Array, what?: string, more?: Partial<ArrivedPacket>];

export const packetsOf = (sent: readonly Sent[], type = 96): readonly ArrivedPacket[] =>
  sent
    .map(([timestamp, payload, what = '', more = {}], index): [ArrivedPacket, string] => [
      {
        ...{ payloadType: what.includes('o') ? type + 1 : type, marker: what.includes('|'), source: 7 },
        ...{ sequence: (65_530 + index) & 0xffff, timestamp, payload, arrived: index * 200 },
        ...more,
      },
      what,
    ])
    .filter(([, what]) => !what.includes('x'))
    .map(([packet]) => packet);

export const came = (track: VideoTrack, packets: readonly ArrivedPacket[]): readonly Depacketized[] =>
  run(depacketizer(track), packets).effects;

/** But for what a picture was only a part of: `key@1 7,8,5`, `delta@2 1`, `damaged`, `blind` (damaged, and nothing up to the next key), `odd …`. */
export function inWords(track: VideoTrack, packets: readonly ArrivedPacket[]): readonly string[] {
  return came(track, packets).flatMap((one) => {
    if (one.type === 'part') return [];
    if (one.type === 'damaged') return one.needsKey ? 'blind' : 'damaged';
    if (one.type === 'odd') return `odd ${one.what}`;
    const marks = [one.unsure && 'unsure', one.leading && 'leading', one.wholeAfter && `after ${one.wholeAfter}`];
    const type = (unit: Uint8Array) => (one.codec === 'h265' ? ((unit[0] ?? 0) >> 1) & 63 : (unit[0] ?? 0) & 31);
    const words = [`${one.key ? 'key' : 'delta'}@${one.timestamp}`, `${nalUnits(one.data).map(type)}`, ...marks];
    return words.filter((word) => word).join(' ');
  });
}
