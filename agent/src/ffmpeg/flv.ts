/**
 * Pure. FLV muxer for H.264 (Adobe Flash Video File Format 10.1, annex E). Each tag holds one whole picture with its time, so that ffmpeg
 * decodes it at once; in a raw byte stream it waits for the beginning of the next picture.
 */
import { nalType, nalTypes } from '../h264/annex-b.ts';

/** Header of a file with video only. */
export const flvHeader = Uint8Array.of(0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0);

/** The tag with the parameter sets, before the first picture (ISO/IEC 14496-15, AVCDecoderConfigurationRecord). */
export function flvSets(sps: Uint8Array, pps: Uint8Array): Uint8Array {
  const [, profile = 0, compatible = 0, level = 0] = sps;
  const record = [
    [1, profile, compatible, level, 0xff, 0xe1, sps.length >> 8, sps.length & 255],
    sps,
    [1, pps.length >> 8, pps.length & 255],
    pps,
  ];
  return tag(0, 0x17, 0, record);
}

/** @param time 0 to 2^31 - 1, rising; milliseconds for FLV. @param units NAL units of one access unit */
export function flvPicture(time: number, key: boolean, units: readonly Uint8Array[]): Uint8Array {
  const parts: ArrayLike<number>[] = [];
  for (const unit of units) {
    if (nalType(unit) === nalTypes.delimiter) continue;
    const size = unit.length;
    parts.push([size >>> 24, (size >> 16) & 255, (size >> 8) & 255, size & 255], unit);
  }
  return tag(time, key ? 0x17 : 0x27, 1, parts);
}

function tag(time: number, kind: number, packet: number, parts: readonly ArrayLike<number>[]): Uint8Array {
  const size = parts.reduce((all, part) => all + part.length, 5);
  const bytes = new Uint8Array(11 + size + 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (9 << 24) | size);
  view.setUint32(4, ((time & 0xffffff) << 8) | ((time >>> 24) & 255));
  bytes[11] = kind;
  bytes[12] = packet;
  let at = 16;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  view.setUint32(11 + size, 11 + size);
  return bytes;
}
