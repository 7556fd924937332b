/** Pure. What the assembly of pictures has to know of H.265: which slices belong together, where a decoder can begin, what refers to what. */
import { recoveryPointIn } from '../../codec/sei.ts';
import { joinUnits } from '../../h264/annex-b.ts';
import {
  h265Layer,
  h265Type,
  h265Types,
  isBrokenLink,
  isH265Slice,
  isIdr,
  isIrap,
  temporalLayer,
} from '../../h265/nal.ts';
import { activeSets, type H265Sets, rememberH265Sets, withH265Sets } from '../../h265/parameter-sets.ts';
import { type H265Slice, isFirstSegment, readH265Slice } from '../../h265/slice.ts';
import type { H265Sps } from '../../h265/sps.ts';
import type { Begins, Grammar, Picture } from './grammar.ts';

const fronts: readonly number[] = [h265Types.vps, h265Types.sps, h265Types.pps, h265Types.sei];
/** Whole pictures in the same beat before a loss between two of them can be told from none. */
const sureBeat = 8;

export const h265Grammar: Grammar<H265Sets> = {
  codec: 'h265',
  role(unit) {
    if (h265Layer(unit) > 0) return 'other';
    if (isH265Slice(unit)) return 'slice';
    return fronts.includes(h265Type(unit)) ? 'front' : 'other';
  },
  begins(bytes, at) {
    const [first = 128, second = 0] = bytes.subarray(at, at + 2);
    return (first & 0x81) === 0 && second >> 3 === 0 && (second & 7) > 0 && first >> 1 <= 40;
  },
  isFirstSlice: isFirstSegment,
  isReference,
  mayHaveFields: () => false,
  remember: rememberH265Sets,
  read,
  /** Nothing counts the references; but a camera's pictures come in a beat, and a lost one is a beat left out. */
  follows(last, next, lost, { step, times }) {
    if (!last.place || !next.place || step === 0 || times < sureBeat || (lost + 1) * step >= next.place.wraps)
      return false;
    return (next.place.at - last.place.at + next.place.wraps) % next.place.wraps === step;
  },
};

/** The even types below 16 are sub-layer non-reference pictures: only those of a higher temporal layer may refer to them. */
function isReference(unit: Uint8Array, sets: H265Sets): boolean {
  const type = h265Type(unit);
  const highest = Math.max(0, ...[...sets.sps.values()].map((one) => one.read?.highestLayer ?? 6));
  return type >= h265Types.firstReserved || type % 2 === 1 || temporalLayer(unit) < highest;
}

interface H265Picture extends Picture {
  readonly type: number;
}

function read(sets: H265Sets, units: readonly Uint8Array[]): H265Picture | undefined {
  const slices = units.filter(isH265Slice);
  const [first] = slices;
  if (!first) return undefined;
  const { pps, sps } = activeSets(sets, first);
  const slice = pps && sps?.read && readH265Slice(first, sps.read, pps);
  const place = slice && sps?.read ? { at: slice.order, wraps: 2 ** sps.read.orderBits } : undefined;
  const type = h265Type(first);
  return {
    type,
    begins: beginning(type, units, slices.length === 1 ? slice : undefined, sps?.read),
    reference: isReference(first, sets),
    place,
    /** RASL pictures need what was before their CRA picture; those of a BLA picture were cut from it (§8.1.3). */
    leads(key) {
      const { type: of } = key as H265Picture;
      if (type === h265Types.rasl || type === h265Types.raslReference) return isBrokenLink(of) ? 'always' : 'yes';
      if (isIrap(of) || !key.place || !place || key.place.wraps !== place.wraps) return 'no';
      return (place.at - key.place.at + place.wraps) % place.wraps >= place.wraps / 2 ? 'yes' : 'no';
    },
    data: (begins) => (begins ? withH265Sets(sets, units) : joinUnits(units)),
  };
}

/** IDR, CRA, BLA; a recovery point (§D.2.8) on a picture of I slices, or of a rolling refresh; an I picture as for H.264. */
function beginning(
  type: number,
  units: readonly Uint8Array[],
  slice: H265Slice | undefined,
  sps: H265Sps | undefined,
): Begins | undefined {
  if (isIrap(type)) return { wholeAfter: 0, sure: true, closed: isIdr(type) };
  const messages = units.filter((unit) => h265Type(unit) === h265Types.sei);
  const [pictures] = messages.flatMap((one) => recoveryPointIn(one, 2, (bits) => bits.signed()) ?? []);
  if (pictures !== undefined && pictures > 0 && pictures <= 32_768)
    return { wholeAfter: pictures, sure: true, closed: false };
  if (!slice?.intra) return undefined;
  if (pictures !== undefined) return { wholeAfter: 0, sure: true, closed: false };
  const references = sps?.references ?? 16;
  return { wholeAfter: Math.max(references - 1, 0), sure: references <= 1, closed: false };
}
