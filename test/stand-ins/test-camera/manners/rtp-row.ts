/** The row of RTP packets of one viewer: numbers, times, sources and markers, with the edits of a manner. */

import type { CodedFilm } from './film.ts';
import { jpegPayloads } from './jpeg-payloads.ts';
import type { ExtraPacket, PacketEdits } from './packet-edits.ts';
import { type Payload, payloadsOf } from './payloads.ts';

/** One thing that goes onto the wire. */
export type Sent =
  | {
      readonly type: 'packet';
      readonly control: boolean;
      readonly channel?: number | undefined;
      readonly bytes: Uint8Array;
    }
  | { readonly type: 'raw'; readonly bytes: Uint8Array };

export interface RtpRow {
  /** @param number of the picture of its film. @param ticks its time on the camera's count */
  picture(film: CodedFilm, number: number, ticks: number): readonly Sent[];
}

/** @param type payload type of the track. @param random in [0, 1) */
export function rtpRow(edits: PacketEdits, type: number, random: () => number): RtpRow {
  let source = Math.floor(random() * 2 ** 31) + 1;
  let sequence = 65_000 + Math.floor(random() * 400);
  let base = 4_294_000_000;
  let [packets, pictures, keys] = [0, 0, 0];
  let held: Sent | undefined;

  const write = (payload: Uint8Array, ticks: number, marker: boolean, extra?: ExtraPacket): Sent => {
    const { padding = extra?.padding ?? 0, extension = 0, contributors = 0 } = edits;
    const size = 12 + contributors * 4 + (extension > 0 ? 4 + extension * 4 : 0);
    const bytes = new Uint8Array(size + payload.length + padding);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, 0x80 | (padding > 0 ? 32 : 0) | (extension > 0 ? 16 : 0) | contributors);
    view.setUint8(1, (extra?.type ?? edits.type ?? type) | (marker ? 128 : 0));
    const number =
      extra?.number === 'same'
        ? sequence - 1
        : extra?.number === 'next'
          ? sequence
          : extra?.number === 'apart'
            ? 77
            : edits.number === 'still'
              ? 1
              : sequence++;
    view.setUint16(2, number & 0xffff);
    view.setUint32(4, (base + ticks + (extra?.later ?? 0)) % 2 ** 32);
    view.setUint32(8, edits.noSource ? 0 : (extra?.source ?? source));
    if (extension > 0) {
      view.setUint16(12 + contributors * 4, 0xabac);
      view.setUint16(14 + contributors * 4, extension);
    }
    bytes.set(payload, size);
    if (padding > 0) bytes[bytes.length - 1] = padding;
    return { type: 'packet', control: false, channel: extra?.channel, bytes };
  };
  const extras = (place: ExtraPacket['place'], key: boolean, ticks: number): readonly Sent[] =>
    (edits.extra ?? [])
      .filter((one) => (one.place ?? 'before') === place && pictures % one.every === 0)
      .filter((one) => one.on === undefined || (one.on === 'key') === key)
      .map((one) => write(Buffer.from(one.payload.repeat(one.times ?? 1), 'hex'), ticks, one.marker ?? false, one));

  /** What a bad wire, or a bad camera, does to a packet. */
  const pass = (sent: Sent, isKey: boolean): readonly Sent[] => {
    packets++;
    const out: Sent[] = [];
    const due = (every: number | undefined) => every !== undefined && packets % every === 0;
    if (edits.numberJumps && due(edits.numberJumps.every)) sequence += edits.numberJumps.by;
    if (edits.junk && due(edits.junk.every)) out.push({ type: 'raw', bytes: Buffer.from(edits.junk.bytes, 'hex') });
    if (packets <= (edits.missesFirst ?? 0)) return out;
    if (due(edits.loseEvery) && (!isKey || edits.losesKeys)) return out;
    if (held) {
      out.push(sent, held);
      held = undefined;
    } else if (due(edits.swapEvery)) held = sent;
    else out.push(sent, ...(due(edits.twiceEvery) ? [sent] : []));
    return out;
  };
  const setsOf = (film: CodedFilm, key: boolean): readonly Uint8Array[] => {
    const { sets = 'key' } = edits;
    if (sets === 'without-pps') return key ? film.sets.slice(0, -1) : [];
    const wanted = {
      key,
      never: false,
      first: keys === 1 && key,
      picture: true,
      'own-time': key,
      'every-second-key': key && keys % 2 === 1,
    };
    return wanted[sets] ? film.sets : [];
  };
  const parts = (film: CodedFilm, number: number): readonly Payload[] => {
    const { key, units } = film.pictures[number]!;
    const codec = film.wish.codec ?? 'h264';
    if (codec === 'mjpeg') return jpegPayloads(units[0]!, pictures, edits);
    const sets = setsOf(film, key);
    const spoilt = edits.spoilEvery !== undefined && !key && pictures % edits.spoilEvery === 0;
    return payloadsOf(sets, spoilt ? units.map(spoil) : units, codec, edits);
  };
  return {
    picture(film, number, ticks) {
      const { key } = film.pictures[number]!;
      if (key) keys++;
      if (edits.sourceEvery && pictures > 0 && pictures % edits.sourceEvery === 0) {
        source++;
        if (edits.sourceAnew) {
          sequence = Math.floor(random() * 60_000);
          base = Math.floor(random() * 2 ** 31);
        }
      }
      const payloads = parts(film, number);
      const out: Sent[] = [...extras('before', key, ticks)];
      const setsAlone = edits.sets === 'own-time' && key;
      payloads.forEach(({ bytes, endsUnit, slice }, index) => {
        const last = index === payloads.length - 1;
        const how = edits.marker;
        const marker =
          how === 'never'
            ? false
            : how === 'all'
              ? true
              : how === 'unit'
                ? endsUnit
                : how === 'first'
                  ? index === 0
                  : last;
        const ofSets = setsAlone && index === 0;
        out.push(
          ...pass(write(bytes, ticks + slice * (edits.sliceTime ?? 0) - (ofSets ? 900 : 0), marker || ofSets), key),
        );
        if (index === 0) out.push(...extras('within', key, ticks));
      });
      out.push(...extras('behind', key, ticks), ...reports(edits, source, pictures, ticks, packets));
      if (edits.sound)
        out.push({
          type: 'packet',
          control: false,
          channel: edits.sound.channel,
          bytes: sound(edits.sound.type, pictures),
        });
      pictures++;
      return out;
    },
  };
}

const spoil = (unit: Uint8Array): Uint8Array =>
  unit.map((byte, index) => (index > 12 && index > unit.length / 3 && index % 3 === 0 ? byte ^ 0x5a : byte));

function sound(type: number, turn: number): Uint8Array {
  const bytes = new Uint8Array(12 + 160).fill(0xd5);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x8000 | type);
  view.setUint16(2, turn & 0xffff);
  view.setUint32(4, turn * 800);
  view.setUint32(8, 4711);
  return bytes;
}

/** RTCP (RFC 3550 §6.4, §6.6). */
function reports(edits: PacketEdits, source: number, turn: number, ticks: number, packets: number): readonly Sent[] {
  const { reports: how } = edits;
  if (!how || turn % how.every !== how.every - 1) return [];
  if (how.kind === 'rubbish')
    return [{ type: 'packet', control: true, bytes: Uint8Array.of(0x81, 200, 0, 99, 1, 2, 3) }];
  const bytes = new Uint8Array(how.kind === 'bye' ? 8 : 28);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, how.kind === 'bye' ? 0x81 : 0x80);
  view.setUint8(1, how.kind === 'bye' ? 203 : 200);
  view.setUint16(2, bytes.length / 4 - 1);
  view.setUint32(4, source);
  if (how.kind !== 'bye') {
    view.setUint32(8, 3_900_000_000 + Math.floor(turn / 10));
    view.setUint32(16, ticks % 2 ** 32);
    view.setUint32(20, packets);
  }
  return [{ type: 'packet', control: how.kind !== 'on-rtp-channel', bytes }];
}
