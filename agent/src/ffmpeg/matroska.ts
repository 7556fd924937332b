/**
 * Pure. Matroska muxer with one video track (RFC 9559, EBML: RFC 8794). Each block holds one whole picture with its time, so that ffmpeg
 * decodes it at once; in a raw byte stream it waits for the beginning of the next picture.
 */
import { joinedBytes } from '../codec/chain.ts';
import type { Codec } from '../codec/codec.ts';
import type { Size } from '../codec/size.ts';

const ids = {
  ebml: [0x1a, 0x45, 0xdf, 0xa3],
  docType: [0x42, 0x82],
  segment: [0x18, 0x53, 0x80, 0x67],
  info: [0x15, 0x49, 0xa9, 0x66],
  timestampScale: [0x2a, 0xd7, 0xb1],
  tracks: [0x16, 0x54, 0xae, 0x6b],
  entry: [0xae],
  number: [0xd7],
  uid: [0x73, 0xc5],
  type: [0x83],
  codec: [0x86],
  video: [0xe0],
  width: [0xb0],
  height: [0xba],
  cluster: [0x1f, 0x43, 0xb6, 0x75],
  timestamp: [0xe7],
  block: [0xa3],
} as const;

const codecIds: Readonly<Record<Codec, string>> = {
  h264: 'V_MPEG4/ISO/AVC',
  h265: 'V_MPEGH/ISO/HEVC',
  mjpeg: 'V_MJPEG',
};

type Bytes = readonly number[] | Uint8Array;

/**
 * What stands in front of the first picture. There is no CodecPrivate: the decoder then reads Annex B, with the parameter sets in it.
 * @param size as it stands in the pictures: of MJPEG in a larger frame than its own ffmpeg takes each for half of an interlaced picture
 */
export function matroskaHead(codec: Codec, { width, height }: Size): Uint8Array {
  const video = element(ids.video, joinedBytes([element(ids.width, uint(width)), element(ids.height, uint(height))]));
  const entry = [
    element(ids.number, [1]),
    element(ids.uid, [1]),
    element(ids.type, [1]),
    element(ids.codec, ascii(codecIds[codec])),
    video,
  ];
  return joinedBytes([
    element(ids.ebml, element(ids.docType, ascii('matroska'))),
    // Of unknown size: it ends with the stream.
    [...ids.segment, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    // A tick of a millisecond.
    element(ids.info, element(ids.timestampScale, uint(1_000_000))),
    element(ids.tracks, element(ids.entry, joinedBytes(entry))),
  ]);
}

/** @param time 0 to 2^52, in milliseconds; of pictures in decoding order it may step back */
export function matroskaPicture(time: number, key: boolean, data: Uint8Array): Uint8Array {
  const stamp = element(ids.timestamp, uint(time));
  // Track 1, no offset to the cluster's time, whether it is a key.
  const head = [0x81, 0, 0, key ? 0x80 : 0];
  const block = [...ids.block, ...sizeOf(head.length + data.length), ...head];
  return joinedBytes([[...ids.cluster, ...sizeOf(stamp.length + block.length + data.length)], stamp, block, data]);
}

const element = (id: Bytes, content: Bytes): Uint8Array => joinedBytes([id, sizeOf(content.length), content]);

/** A size in eight bytes: any length is well (RFC 8794 §4). */
function sizeOf(length: number): number[] {
  const bytes = bigEndian(length, 7);
  return [0x01, ...bytes];
}

const uint = (value: number): number[] => bigEndian(value, 8);

const bigEndian = (value: number, many: number): number[] =>
  Array.from({ length: many }, (_, at) => Math.floor(value / 2 ** (8 * (many - 1 - at))) % 256);

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
