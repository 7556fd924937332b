/** Pure. How a recording's pictures are put into units and packets, in the fields that a manner has for it. */
import type { RecordedRtp } from '@nattfrid/agent/technician/manners/recording';
import type { PacketEdits } from '../packet-edits.ts';
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
    packets.some(({ unit }) => unit?.zeros === true || (unit?.kind === 'fragment' && unit.type === 0)),
  );
  const aggregates = share(pictures, ({ packets }) => packets.every(({ unit }) => unit?.kind === 'aggregate'));
  const whole = fragments.filter((one) => one.start === true && one.end === true);
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
  if (zeros > 0.1 && zeros < 0.5) say('start codes in front of some units: which ones is to be seen in the file');
  return {
    ...(!usual && { largest }),
    ...(streams && { byteStream: inFragments ? 'fragments' : 'single' }),
    ...(streams && !inFragments && { largest: Math.max(...found.map((one) => one.payload)) }),
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

/** Units that are neither slices nor sets, in front of most pictures: of their type and size, with bytes of our own. */
function front(pictures: readonly RecordedPicture[], codec: NalOf): PacketEdits {
  const odd = pictures.map(({ packets }) =>
    packets.filter(
      ({ unit }) => unit?.kind === 'single' && !unit.zeros && !isSlice(unit.type, codec) && !isSet(unit.type, codec),
    ),
  );
  if (share(odd, (one) => one.length > 0) < 0.7) return {};
  const example = odd.find((one) => one.length === median(odd.map(({ length }) => length))) ?? [];
  return { front: example.map((one) => made(one, codec)) };
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
  if (!pictures.some(has)) return keys.length > 0 ? { sets: 'never' } : {};
  if (share(pictures, has) > 0.9 && keys.length < pictures.length * 0.9) return { ...as, sets: 'picture' };
  const among = share(keys, has);
  return among > 0.3 && among < 0.7 ? { ...as, sets: 'every-second-key' } : as;
}
