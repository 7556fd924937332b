/** Pure. How a recording's pictures are put into units and packets, in the fields that a manner has for it. */
import type { RecordedRtp } from '@nattfrid/agent/technician/manners/recording';
import type { ExtraPacket, PacketEdits } from '../packet-edits.ts';
import { bytesOf, isSet, isSlice, largestSet, median, type NalOf, type RecordedPicture, share } from './pictures-of.ts';

/** @param say told what no field can say */
export function unitsOf(pictures: readonly RecordedPicture[], codec: NalOf, say: (words: string) => void): PacketEdits {
  const all = pictures.flatMap((one) => one.packets);
  const found = all.flatMap(({ unit, payload }) => (unit ? [{ ...unit, payload }] : []));
  const fragments = found.filter((one) => one.kind === 'fragment');
  const singles = found.filter((one) => one.kind === 'single');
  const largest = Math.max(0, ...fragments.map((one) => one.payload - (codec === 'h264' ? 2 : 3)));
  const usual = largest === 0 || Math.abs(largest - 1400) < 100;
  const keys = pictures.filter((one) => one.key);
  const streams = share(keys, ({ packets }) => bytesOf(packets, codec) > largestSet) > 0.5;
  const inFragments = fragments.some((one) => isSet(one.type, codec));
  const zeros = share(pictures, ({ packets }) =>
    packets.some(
      ({ unit }) => unit?.zeros === true || (codec === 'h264' && unit?.kind === 'fragment' && unit.type === 0),
    ),
  );
  const aggregates = share(pictures, ({ packets }) => packets.every(({ unit }) => unit?.kind === 'aggregate'));
  const whole = fragments.filter((one) => one.start === true && one.end === true && isSlice(one.type, codec));
  const ended = share(fragments, (one) => one.end === true);
  const started = share(fragments, (one) => one.start === true);
  const spread = fragments.length > 0 && new Set(fragments.map((one) => one.importance)).size > 1;
  const differs =
    spread &&
    pictures.some(
      ({ packets }) =>
        new Set(packets.filter(({ unit }) => unit?.kind === 'fragment').map(({ unit }) => unit?.importance)).size > 1,
    );
  const how = whole.length > 0 && !singles.some((one) => isSlice(one.type, codec)) ? 'even-small' : undefined;
  const inSets = zeros > 0 && zeros < 0.5 && keys.length > 0 && share(keys, startsWithZeros) > 0.5;
  if (zeros > 0 && zeros < 0.5 && !inSets)
    say('start codes in front of some units: which ones is to be seen in the file');
  return {
    ...(!usual && { largest }),
    ...(streams && { byteStream: inFragments ? 'fragments' : 'single' }),
    ...(streams && !inFragments && { largest: Math.max(...found.map((one) => one.payload)) }),
    ...(!streams && inSets && { byteStream: 'sets', setsAs: 'single' }),
    ...sliceTimes(pictures),
    ...(!streams && zeros >= 0.5 && { byteStream: 'leading' }),
    ...(aggregates > 0.9 && { aggregate: true }),
    ...(how && { fragments: how, largest }),
    ...(fragments.length > 0 && ended === 0 && { fragments: 'no-end', largest }),
    ...(fragments.length > 0 && started === 0 && { fragments: 'no-start', largest }),
    ...(share(fragments, (one) => one.reserved === true) > 0.5 && { fragments: 'reserved-bit', largest }),
    ...(differs && { fragments: 'header-differs', largest }),
    ...front(pictures, codec),
  };
}

const startsWithZeros = ({ packets }: RecordedPicture): boolean => packets.some(({ unit }) => unit?.zeros === true);

/** Ticks between the slices of one picture. */
function sliceTimes(pictures: readonly RecordedPicture[]): PacketEdits {
  const apart = pictures.map(({ packets }) => packets.slice(1).flatMap(({ time }) => (time > 0 ? [time] : [])));
  return share(apart, (one) => one.length > 0) > 0.5 ? { sliceTime: median(apart.flat()) } : {};
}

const isOdd = ({ unit }: RecordedRtp, codec: NalOf): boolean =>
  unit?.kind === 'single' && !unit.zeros && !isSlice(unit.type, codec) && !isSet(unit.type, codec);
/** Share of pictures from which on something belongs to each. */
const most = 0.7;

/** Units that are neither slices nor sets, in front of most pictures or behind: of their type and size, with bytes of our own. */
function front(pictures: readonly RecordedPicture[], codec: NalOf): PacketEdits {
  const odd = pictures.map(({ packets }) => packets.filter((one) => isOdd(one, codec)));
  if (share(odd, (one) => one.length > 0) < most) return {};
  const usual = median(odd.map(({ length }) => length));
  const at = odd.findIndex((one) => one.length === usual);
  const packets = pictures[at]?.packets ?? [];
  const slice = packets.findIndex(({ unit }) => unit !== undefined && isSlice(unit.type, codec));
  const [before, behind] = [packets.slice(0, slice), packets.slice(slice)].map((some) =>
    some.filter((one) => isOdd(one, codec)).map((one) => made(one, codec)),
  );
  return { ...(before?.length && { front: before }), ...(behind?.length && { behind }) };
}

/** Those that stand beside some pictures only. */
export function oddUnits(pictures: readonly RecordedPicture[], codec: NalOf): readonly ExtraPacket[] {
  const beside = pictures.map((picture) => ({ picture, odd: picture.packets.filter((one) => isOdd(one, codec)) }));
  const some = beside.filter(({ odd }) => odd.length > 0);
  const [first] = some;
  const example = first?.odd[0];
  if (!first || !example || some.length >= pictures.length * most) return [];
  const keys = some.filter(({ picture }) => picture.key).length;
  const all = pictures.filter((one) => one.key === (keys === some.length)).length;
  const on = keys === some.length ? 'key' : keys === 0 ? 'delta' : undefined;
  return [
    {
      every: on === 'key' ? 1 : Math.max(1, Math.round(all / some.length)),
      ...(on && { on }),
      payload: made(example, codec),
      place: 'before',
    },
  ];
}

/** A unit of this type and size, in hexadecimal. */
function made({ unit, payload }: RecordedRtp, codec: NalOf): string {
  const { type = 0, importance = 0 } = unit ?? {};
  const head = codec === 'h264' ? [(importance << 5) | type] : [type << 1, 1];
  if (codec === 'h264' && type === 9) return '09f0';
  const rest = Math.max(0, payload - head.length - 1);
  return `${Buffer.from(head).toString('hex')}${(type === 12 ? 'ff' : '01').repeat(rest)}80`;
}

export function setsOf(pictures: readonly RecordedPicture[], codec: NalOf): PacketEdits {
  const has = ({ packets }: RecordedPicture) =>
    packets.some(({ unit }) => unit !== undefined && (unit.kind === 'aggregate' || isSet(unit.type, codec)));
  if (pictures.every(({ packets }) => packets.every(({ unit }) => unit?.kind === 'aggregate'))) return {};
  const alone = pictures.filter((one) => has(one) && one.slices === 0 && !one.key).length;
  const keys = pictures.filter((one) => one.key);
  const single = pictures.some(({ packets }) =>
    packets.some(({ unit }) => unit?.kind === 'single' && isSet(unit.type, codec)),
  );
  const streamed = keys.some(({ packets }) => bytesOf(packets, codec) > largestSet);
  const fragmented =
    !streamed &&
    keys.length > 0 &&
    keys.every(({ packets }) =>
      packets.some(({ unit, payload }) => unit?.kind === 'fragment' && isSet(unit.type, codec) && payload < 64),
    );
  const as: PacketEdits = fragmented ? { setsAs: 'fragments' } : single && !streamed ? { setsAs: 'single' } : {};
  if (keys.length > 0 && alone >= keys.length / 2) return { ...as, sets: 'own-time' };
  if (!pictures.some(has) && pictures.some(startsWithZeros)) return as;
  if (!pictures.some(has)) return keys.length > 0 ? { sets: 'never' } : {};
  if (share(pictures, has) > 0.9 && keys.length < pictures.length * 0.9) return { ...as, sets: 'picture' };
  const among = share(keys, has);
  return among > 0.3 && among < 0.7 ? { ...as, sets: 'every-second-key' } : as;
}
