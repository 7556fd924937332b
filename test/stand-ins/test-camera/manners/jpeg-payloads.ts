/** Pure. RTP payloads of a JPEG file (RFC 2435), with the edits of a manner. */

import type { PacketEdits } from './packet-edits.ts';
import type { Payload } from './payloads.ts';

interface Jpeg {
  readonly width: number;
  readonly height: number;
  /** 0: 4:2:2; 1: 4:2:0. */
  readonly kind: number;
  readonly tables: readonly Uint8Array[];
  readonly restartEvery: number;
  readonly scan: Uint8Array;
}

/** @param turn number of the picture */
export function jpegPayloads(file: Uint8Array, turn: number, edits: PacketEdits): readonly Payload[] {
  const { jpeg = 'tables-each', largest = 1400 } = edits;
  const { width, height, kind, tables, restartEvery, scan } = readJpeg(file);
  const given = jpeg === 'three-tables' ? [...tables, tables[0] ?? new Uint8Array(64)].slice(0, 3) : tables;
  const sent = jpeg === 'tables-once' && turn > 0 ? [] : given;
  const quality = jpeg === 'tables-once' ? 128 : 255;
  const type = kind | (restartEvery > 0 ? 64 : 0);
  const known = jpeg !== 'no-size';
  const parts: Payload[] = [];
  for (let at = 0; at < scan.length; at += largest) {
    const head = [
      0,
      at >> 16,
      (at >> 8) & 255,
      at & 255,
      type,
      quality,
      known ? width >> 3 : 0,
      known ? height >> 3 : 0,
    ];
    if (restartEvery > 0) head.push(restartEvery >> 8, restartEvery & 255, 255, 255);
    const size = sent.reduce((sum, table) => sum + table.length, 0);
    if (at === 0) head.push(0, 0, size >> 8, size & 255, ...sent.flatMap((table) => [...table]));
    const endsUnit = at + largest >= scan.length;
    parts.push({ bytes: Buffer.concat([Uint8Array.from(head), scan.subarray(at, at + largest)]), endsUnit, slice: 0 });
  }
  return parts;
}

function readJpeg(file: Uint8Array): Jpeg {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let [width, height, kind, restartEvery] = [0, 0, 1, 0];
  const tables: Uint8Array[] = [];
  for (let at = 2; at + 4 <= file.length; ) {
    const [marker, size] = [view.getUint8(at + 1), view.getUint16(at + 2)];
    if (marker === 0xdb)
      for (let table = at + 4; table + 65 <= at + 2 + size; table += 65)
        tables.push(file.subarray(table + 1, table + 65));
    if (marker === 0xc0) {
      [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      kind = view.getUint8(at + 11) === 0x22 ? 1 : 0;
    }
    if (marker === 0xdd) restartEvery = view.getUint16(at + 4);
    at += 2 + size;
    if (marker === 0xda) return { width, height, kind, tables, restartEvery, scan: file.subarray(at, file.length - 2) };
  }
  throw new Error('The film holds a JPEG file without a scan.');
}
