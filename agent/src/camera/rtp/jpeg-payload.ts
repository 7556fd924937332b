/** Pure. Reads the header of a JPEG RTP payload (RFC 2435 §3.1). */

export interface JpegFragment {
  /** Where in the coded data it belongs, in bytes. */
  readonly offset: number;
  readonly sampling: '4:2:2' | '4:2:0';
  /** Blocks between two restart markers; 0: there are none. */
  readonly restartEvery: number;
  /** 1 to 99: computed tables. From 128 on: those that this quality had last. */
  readonly quality: number;
  /** Pixels; 0: more than 2040, said elsewhere. */
  readonly width: number;
  readonly height: number;
  /** The tables, where this fragment has them. */
  readonly tables: readonly Uint8Array[];
  /** A view. */
  readonly data: Uint8Array;
}

/** @returns undefined where it cannot be understood: reserved kinds and qualities, sizes that do not fit */
export function readJpegPayload(payload: Uint8Array): JpegFragment | undefined {
  if (payload.length < 8) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const [kind, quality] = [view.getUint8(4), view.getUint8(5)];
  const offset = view.getUint32(0) & 0xffffff;
  const restarts = kind >= 64;
  let at = 8;
  if (kind > 127 || (kind & 63) > 1 || quality === 0 || (quality > 99 && quality < 128)) return undefined;
  if (restarts && payload.length < at + 4) return undefined;
  const restartEvery = restarts ? view.getUint16(at) : 0;
  if (restarts) at += 4;
  let tables: readonly Uint8Array[] = [];
  if (quality >= 128 && offset === 0) {
    if (payload.length < at + 4) return undefined;
    const [precision, length] = [view.getUint8(at + 1), view.getUint16(at + 2)];
    at += 4;
    if (at + length > payload.length) return undefined;
    tables = splitTables(payload.slice(at, at + length), precision);
    at += length;
  }
  return {
    ...{ offset, restartEvery, quality, tables, data: payload.subarray(at) },
    sampling: (kind & 63) === 0 ? '4:2:2' : '4:2:0',
    width: view.getUint8(6) * 8,
    height: view.getUint8(7) * 8,
  };
}

/** @param precision a bit for each table, the first the lowest: its values have 16 bits (§3.1.8) */
function splitTables(bytes: Uint8Array, precision: number): readonly Uint8Array[] {
  const tables: Uint8Array[] = [];
  for (let at = 0; tables.length < 4; ) {
    const size = (precision >> tables.length) & 1 ? 128 : 64;
    if (at + size > bytes.length) break;
    tables.push(bytes.subarray(at, at + size));
    at += size;
  }
  return tables;
}
