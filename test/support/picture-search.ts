/** Searches bytes for pictures: by decoding with ffprobe, and by magic numbers. */
import { spawnSync } from 'node:child_process';

/** @returns the most pictures that ffprobe decodes from the bytes, read as H.264, JPEGs, MPEG-TS or a format that it guesses */
export function decodable(bytes: Uint8Array): number {
  const ways = [['-f', 'h264'], ['-f', 'mjpeg'], ['-f', 'mpegts'], []];
  return Math.max(...ways.map((way) => framesIn(bytes, way)));
}

function framesIn(bytes: Uint8Array, way: readonly string[]): number {
  const asked = [
    '-v',
    'quiet',
    ...way,
    '-select_streams',
    'v',
    '-show_entries',
    'frame=width',
    '-of',
    'csv=p=0',
    '-i',
    'pipe:0',
  ];
  const { stdout } = spawnSync('ffprobe', asked, { input: bytes, maxBuffer: 2 ** 26 });
  return stdout
    .toString()
    .split('\n')
    .filter((line) => /^[1-9]\d*/.test(line)).length;
}

/** Magic numbers of coded pictures. A start code counts only with a parameter set or a key frame behind it. */
const beginnings: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['H.264 parameter set', [0, 0, 0, 1, 0x67]],
  ['H.264 keyframe', [0, 0, 0, 1, 0x65]],
  ['H.264 keyframe', [0, 0, 1, 0x65, 0x88]],
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0]],
  ['JPEG', [0xff, 0xd8, 0xff, 0xdb]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['WebP', [0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38]],
];

/** @returns the kinds whose magic number occurs in the bytes */
export function pictureBeginnings(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [...new Set(beginnings.filter(([, start]) => buffer.includes(Buffer.from(start))).map(([name]) => name))];
}
