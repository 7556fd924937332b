/** Searches bytes for pictures: what ffprobe can decode, and the beginnings by which pictures are known. */
import { spawnSync } from 'node:child_process';

/** How many pictures ffprobe decodes out of these bytes, read as H.264, as JPEGs, and as whatever it takes them for. */
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

/** Beginnings of coded pictures. A start code alone is no proof; a start code with a parameter set or a key picture behind it is. */
const beginnings: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['H.264 parameter set', [0, 0, 0, 1, 0x67]],
  ['H.264 key picture', [0, 0, 0, 1, 0x65]],
  ['H.264 key picture', [0, 0, 1, 0x65, 0x88]],
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0]],
  ['JPEG', [0xff, 0xd8, 0xff, 0xdb]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['WebP', [0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38]],
];

/** The kinds of pictures of which these bytes hold the beginning. */
export function pictureBeginnings(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [...new Set(beginnings.filter(([, start]) => buffer.includes(Buffer.from(start))).map(([name]) => name))];
}
