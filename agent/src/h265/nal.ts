/** Pure. NAL units of H.265 (ITU-T H.265 §7.3.1 and table 7-1). */

export const h265Types = {
  ...{ firstReserved: 10, blaFirst: 16, blaLast: 18, idrFirst: 19, idrLast: 20, cra: 21, reservedFirst: 22 },
  ...{ vps: 32, sps: 33, pps: 34, delimiter: 35, sei: 39, rasl: 8, raslReference: 9 },
} as const;

/** @param nal a NAL unit without its start code; at least two bytes. */
export const h265Type = (nal: Uint8Array): number => ((nal[0] ?? 0) >> 1) & 63;

/** nuh_layer_id: above 0 in streams of several layers only. */
export const h265Layer = (nal: Uint8Array): number => (((nal[0] ?? 0) & 1) << 5) | ((nal[1] ?? 0) >> 3);

/** TemporalId: 0 to 6. */
export const temporalLayer = (nal: Uint8Array): number => ((nal[1] ?? 0) & 7) - 1;

/** A slice segment of a kind that exists. */
export function isH265Slice(nal: Uint8Array): boolean {
  const type = h265Type(nal);
  return type < h265Types.firstReserved || (type >= h265Types.blaFirst && type <= h265Types.cra);
}

export const isIdr = (type: number): boolean => type >= h265Types.idrFirst && type <= h265Types.idrLast;
export const isBrokenLink = (type: number): boolean => type >= h265Types.blaFirst && type <= h265Types.blaLast;
/** Random access: BLA, IDR, CRA. */
export const isIrap = (type: number): boolean => type >= h265Types.blaFirst && type <= h265Types.cra;
