/** Pure. What the assembly of pictures has to know of H.264: which slices belong together, where a decoder can begin, what refers to what. */
import { recoveryPointIn } from '../../codec/sei.ts';
import { joinUnits, nalType, nalTypes } from '../../h264/annex-b.ts';
import { type ParameterSets, rememberSets, spsOf, withSets } from '../../h264/parameter-sets.ts';
import { isFirstSlice, readOrder, readSlice } from '../../h264/slice.ts';
import type { Begins, Grammar, Picture } from './grammar.ts';

const isSlice = (unit: Uint8Array): boolean => nalType(unit) === nalTypes.slice || nalType(unit) === nalTypes.idr;
/** nal_ref_idc is 0 where no other picture refers to this one; to an IDR picture others refer in any case. */
const isReference = (unit: Uint8Array): boolean => ((unit[0] ?? 0) & 0x60) !== 0 || nalType(unit) === nalTypes.idr;

export const h264Grammar: Grammar<ParameterSets> = {
  codec: 'h264',
  role(unit) {
    if (isSlice(unit)) return 'slice';
    const type = nalType(unit);
    return type === nalTypes.sei || type === nalTypes.sps || type === nalTypes.pps ? 'front' : 'other';
  },
  begins(bytes, at) {
    const byte = bytes[at] ?? 128;
    return (byte & 128) === 0 && (byte & 31) >= 1 && (byte & 31) <= 12;
  },
  isFirstSlice,
  isReference,
  mayHaveFields: (sets) => [...(sets.sps?.values() ?? [])].some((one) => one.read?.framesOnly === false),
  remember: rememberSets,
  read,
  /** frame_num grows by one behind each picture that others may refer to (§7.4.3), so that it shows whether one of them was lost. */
  follows(last, next, lost) {
    if (!last.place || !next.place || lost >= next.place.wraps) return false;
    return next.place.at === (last.place.at + (last.reference ? 1 : 0)) % next.place.wraps;
  },
};

interface H264Picture extends Picture {
  readonly order: { readonly at: number; readonly wraps: number } | undefined;
}

function read(sets: ParameterSets, units: readonly Uint8Array[]): H264Picture | undefined {
  const slices = units.filter(isSlice);
  const [first] = slices;
  if (!first) return undefined;
  const sps = spsOf(sets, first);
  const found = sps && readOrder(first, sps);
  const reference = slices.some(isReference);
  const order = found?.order === undefined ? undefined : { at: found.order, wraps: 2 ** (sps?.orderBits ?? 0) };
  return {
    begins: beginning(units, slices, reference ? (sps?.references ?? 16) : 16),
    reference,
    place: sps?.framesOnly && found ? { at: found.frameNum, wraps: 2 ** sps.frameNumBits } : undefined,
    order,
    /** A B picture that is shown before the key was coded after it, and needs what came before. */
    leads(key) {
      const of = (key as H264Picture).order;
      if (key.begins?.closed || !of || !order || of.wraps !== order.wraps || !readSlice(first)?.bidirectional)
        return 'no';
      return (order.at - of.at + order.wraps) % order.wraps >= order.wraps / 2 ? 'yes' : 'no';
    },
    data: (begins) => (begins ? withSets(sets, units) : joinUnits(units)),
  };
}

/**
 * An IDR picture; a recovery point (§D.1.8) on a picture of I slices; one that begins a rolling refresh, on any picture. An I picture about
 * which nothing is said begins if the stream keeps one reference only: then nothing after it can refer to what was before it. With more,
 * whatever still refers to something older is shown only when that has left the list, and one hopes for no chain.
 */
function beginning(
  units: readonly Uint8Array[],
  slices: readonly Uint8Array[],
  references: number,
): Begins | undefined {
  if (slices.some((one) => nalType(one) === nalTypes.idr)) return { wholeAfter: 0, sure: true, closed: true };
  const messages = units.filter((unit) => nalType(unit) === nalTypes.sei);
  const [frames] = messages.flatMap((one) => recoveryPointIn(one, 1, (bits) => bits.unsigned()) ?? []);
  if (frames !== undefined && frames > 0 && frames <= 65_535) return { wholeAfter: frames, sure: true, closed: false };
  if (!slices.every((one) => readSlice(one)?.intra)) return undefined;
  if (frames === 0) return { wholeAfter: 0, sure: true, closed: false };
  return { wholeAfter: Math.max(references - 1, 0), sure: references <= 1, closed: false };
}
