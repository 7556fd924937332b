/** Pure. What a recording's packets do otherwise, in the fields that a manner has for it. */
import type { MannersRecording, RecordedRtp } from '@nattfrid/agent/technician/manners/recording';
import type { ExtraPacket, PacketEdits } from '../packet-edits.ts';
import { oddUnits, setsOf, unitsOf } from './of-units.ts';
import { median, type NalOf, type RecordedPicture, share } from './pictures-of.ts';

interface Recorded {
  readonly recording: MannersRecording;
  readonly track: { readonly channel: number; readonly type: number };
  readonly pictures: readonly RecordedPicture[];
  readonly codec: NalOf;
  /** That the session description says. */
  readonly announced: number;
}

/** @param say told what no field can say */
export function packetsOf(recorded: Recorded, say: (words: string) => void): PacketEdits {
  const { recording, track, pictures, codec, announced } = recorded;
  // The first and the last may be cut.
  const whole = pictures.slice(1, -1);
  const all = whole.flatMap((one) => one.packets);
  const onChannel = recording.packets.filter(
    (one): one is RecordedRtp => one.kind === 'rtp' && one.channel === track.channel,
  );
  if (all.length === 0) return {};
  const extra = [...extrasOf(recorded), ...(codec === 'mjpeg' ? [] : oddUnits(whole, codec))];
  return {
    ...markers(whole),
    ...(codec !== 'mjpeg' && { ...unitsOf(whole, codec, say), ...setsOf(whole, codec) }),
    ...heads(all),
    ...strays(recording, all.length),
    ...row(onChannel, whole.length, say),
    ...(track.type !== announced && { type: track.type }),
    ...(extra.length > 0 && { extra }),
    ...reports(recording, track.channel, pictures.length),
  };
}

function markers(pictures: readonly RecordedPicture[]): PacketEdits {
  const many = pictures.filter((one) => one.packets.length > 1);
  const all = pictures.flatMap((one) => one.packets);
  if (!all.some((one) => one.marker)) return { marker: 'never' };
  if (many.length === 0) return {};
  const ends = ({ unit }: RecordedRtp) => unit === undefined || unit.kind !== 'fragment' || unit.end === true;
  const each = (picture: RecordedPicture) => picture.packets.every((one) => one.marker === ends(one));
  const several = many.filter((one) => one.packets.filter(ends).length > 1);
  if (several.length > 0 && share(several, each) > 0.9) return { marker: 'unit' };
  // Where no unit is in fragments, the two are the same on the wire.
  if (all.every((one) => one.marker)) return { marker: 'all' };
  const first = share(many, ({ packets }) => packets[0]?.marker === true && !packets.at(-1)?.marker);
  return first > 0.9 ? { marker: 'first' } : {};
}

function heads(all: readonly RecordedRtp[]): PacketEdits {
  const [padding, extension, contributors] = [
    median(all.map((one) => one.padding)),
    median(all.map((one) => one.extension)),
    median(all.map((one) => one.contributors)),
  ];
  return {
    ...(padding > 0 && { padding }),
    ...(extension > 4 && { extension: extension / 4 - 1 }),
    ...(contributors > 0 && { contributors }),
  };
}

/** The row of numbers: what is missing in it, twice there, or from another source. */
function row(all: readonly RecordedRtp[], pictures: number, say: (words: string) => void): PacketEdits {
  const next = all.filter((one, index) => index > 0 && all[index - 1]?.type === one.type);
  const later = next.filter((one) => one.source === 'same');
  const every = (many: number) => Math.max(2, Math.round(all.length / many));
  if (later.length > 8 && later.every((one) => one.sequence === 0)) return { number: 'still' };
  const back = later.filter((one) => one.sequence < 0 && one.sequence > -16).length;
  const lost = later.filter((one) => one.sequence > 1 && one.sequence < 16).length - back * 2;
  const jumps = later.filter((one) => one.sequence >= 16);
  const twice = later.filter((one) => one.sequence === 0 && one.payload > 0 && one.time === 0).length;
  const others = next.filter((one) => one.source === 'other').length;
  if (others === 1) say('its source (SSRC) changed once');
  if (later.some((one) => one.sequence <= -16)) say('its packet numbers are set back now and then');
  return {
    ...(back > 0 && { swapEvery: every(back) }),
    ...(lost > 0 && { loseEvery: every(lost) }),
    ...(twice > 0 && { twiceEvery: every(twice) }),
    ...(jumps.length > 0 && {
      numberJumps: { every: every(jumps.length), by: median(jumps.map((one) => one.sequence)) - 1 },
    }),
    ...(others > 1 && { sourceEvery: Math.max(1, Math.round(pictures / others)) }),
  };
}

/** Packets beside those of the pictures: empty ones, and those of other types or on other channels. */
function extrasOf({ recording, track, pictures }: Recorded): readonly ExtraPacket[] {
  const kinds = new Map<string, { readonly one: RecordedRtp; readonly next: RecordedRtp | undefined; many: number }>();
  recording.packets.forEach((one, index) => {
    if (one.kind !== 'rtp') return;
    const own = one.channel === track.channel;
    if (own && one.type === track.type && one.payload > 0) return;
    const key = `${own ? '' : one.channel} ${one.type} ${one.payload === 0}`;
    const next = recording.packets
      .slice(index + 1, index + 8)
      .find((other): other is RecordedRtp => other.kind === 'rtp' && other.channel === one.channel);
    const known = kinds.get(key);
    const kind = known && known.one.source !== 'first' ? known : { one, next, many: known?.many ?? 0 };
    kind.many++;
    kinds.set(key, kind);
  });
  return [...kinds.values()].map(({ one, next, many }): ExtraPacket => {
    const own = one.channel === track.channel;
    const number = !own ? 'apart' : one.sequence === 0 ? 'same' : next?.sequence === 0 ? 'next' : 'own';
    return {
      every: Math.max(1, Math.round(pictures.length / many)),
      payload: one.payload > 0 ? '01' : '',
      ...(one.payload > 1 && { times: one.payload }),
      number,
      ...(one.type !== track.type && { type: one.type }),
      ...(one.marker && { marker: true }),
      ...(one.padding > 0 && { padding: one.padding }),
      ...(!own && { channel: one.channel }),
      place: number === 'same' ? 'behind' : 'before',
    };
  });
}

function reports({ packets, ended }: MannersRecording, channel: number, pictures: number): PacketEdits {
  const all = packets.flatMap((one) => (one.kind === 'rtcp' ? [one] : []));
  const every = (many: number) => Math.max(1, Math.round(pictures / many));
  const here = all.filter((one) => one.channel === channel).length;
  if (here > 0) return { reports: { every: every(here), kind: 'on-rtp-channel' } };
  const byes = all.filter((one) => one.type === 203).length;
  if (byes > 0 && !ended) return { reports: { every: every(byes), kind: 'bye' } };
  return all.length > 0 ? { reports: { every: every(all.length), kind: 'sender' } } : {};
}

/** Bytes of our own, as many as it sent on an average. */
function strays({ stray }: MannersRecording, packets: number): PacketEdits {
  if (stray.times === 0) return {};
  const bytes = '00010203fffe61626364'
    .repeat(Math.ceil(stray.bytes / stray.times / 10))
    .slice(0, Math.round(stray.bytes / stray.times) * 2);
  return { junk: { every: Math.max(1, Math.round(packets / stray.times)), bytes } };
}
