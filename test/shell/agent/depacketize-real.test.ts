/** Real streams through real payloaders that others have written: what comes out of our depacketizer decodes to the very same pictures. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodedPicture } from '@nattfrid/agent/camera/rtp/depacketized';
import { depacketizer } from '@nattfrid/agent/camera/rtp/depacketizer';
import { type RtpPacket, readRtp } from '@nattfrid/agent/camera/rtp/packet';
import type { Codec } from '@nattfrid/agent/codec/codec';
import { joinUnits, nalUnits } from '@nattfrid/agent/h264/annex-b';
import { readSps } from '@nattfrid/agent/h264/sps';
import { h265Type } from '@nattfrid/agent/h265/nal';
import { readH265Sps } from '@nattfrid/agent/h265/sps';
import { run } from '@nattfrid/shared/machine/machine';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'nattfrid-payload-'));
afterAll(() => rmSync(folder, { recursive: true }));
const ffmpeg = (args: string, input?: Uint8Array) =>
  execFileSync('ffmpeg', ['-v', 'error', ...args.split(' ')], { input, maxBuffer: 2 ** 28 });
const python = '/usr/bin/python3';
const wanted =
  "import gi; gi.require_version('Gst', '1.0'); from gi.repository import Gst; Gst.init(None); assert Gst.ElementFactory.find('rtph265pay')";
const hasGst = spawnSync(python, ['-c', wanted]).status === 0;

/** The digest of each decoded picture. */
const digests = (args: string, input?: Uint8Array): readonly string[] =>
  ffmpeg(`${args} -fps_mode passthrough -pix_fmt yuv420p -f framemd5 pipe:1`, input)
    .toString()
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');

const gst = (pipeline: string): Buffer =>
  execFileSync(python, [join(import.meta.dirname, '../../support/gst-run.py'), pipeline], { maxBuffer: 2 ** 28 });

function packed(file: string, parser: string, payloader: string): readonly RtpPacket[] {
  const bytes = gst(`filesrc location="${file}" ! ${parser} ! ${payloader} ! rtpstreampay ! fdsink fd=1 sync=false`);
  const packets: RtpPacket[] = [];
  for (let at = 0; at + 2 < bytes.length; at += 2 + bytes.readUInt16BE(at))
    packets.push(readRtp(bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at))) as RtpPacket);
  return packets;
}

const unpacked = (
  codec: Codec,
  packets: readonly RtpPacket[],
  sets: readonly Uint8Array[] = [],
): readonly CodedPicture[] => {
  const payload = packets[0]?.payloadType ?? 96;
  const track = { codec, payload, clockRate: 90_000, control: '', sets, donl: false };
  return run(depacketizer(track), packets).effects.filter((one) => one.type === 'picture');
};
/** What a viewer gets who calls in the middle: the sets of the description, and nothing of the first three pictures. */
function calledLate(codec: Codec, packets: readonly RtpPacket[]): readonly CodedPicture[] {
  const times = [...new Set(packets.map((packet) => packet.timestamp))];
  const [first] = unpacked(codec, packets);
  const sets = first ? nalUnits(first.data) : [];
  return unpacked(
    codec,
    packets.filter((packet) => times.indexOf(packet.timestamp) >= 3),
    sets,
  );
}
const clip = '-f lavfi -i testsrc2=size=640x480:rate=20 -t 2 -pix_fmt yuv420p';
const names = { h264: 'h264', h265: 'hevc', mjpeg: 'mjpeg' } as const;
const parsers = { h264: 'qtdemux ! h264parse', h265: 'qtdemux ! h265parse', mjpeg: 'jpegparse' } as const;

describe.skipIf(!hasGst)('a real stream, packed by GStreamer, comes out as it was', () => {
  for (const [name, codec, coder, payloader] of [
    ['H.264', 'h264', 'libx264 -preset ultrafast -bf 0 -g 20', 'rtph264pay config-interval=-1'],
    [
      'H.264 with B pictures and aggregates',
      'h264',
      'libx264 -preset veryfast -bf 3 -g 20',
      'rtph264pay aggregate-mode=max-stap config-interval=-1',
    ],
    [
      'H.264 with slices, large',
      'h264',
      'libx264 -preset ultrafast -x264-params slices=4:keyint=20 -b:v 8M',
      'rtph264pay mtu=600 config-interval=-1',
    ],
    [
      'H.265',
      'h265',
      'libx265 -preset ultrafast -x265-params log-level=none:keyint=20:bframes=0:slices=2',
      'rtph265pay config-interval=-1',
    ],
    [
      'H.265 with B pictures and aggregates',
      'h265',
      'libx265 -preset fast -x265-params log-level=none:keyint=20:bframes=3',
      'rtph265pay aggregate-mode=max config-interval=-1',
    ],
    ['MJPEG 4:2:0', 'mjpeg', 'mjpeg -huffman default -q:v 3 -f mjpeg', 'rtpjpegpay'],
  ] as const)
    it(name, { timeout: 60_000 }, () => {
      const file = join(folder, `${name.replaceAll(/\W/g, '')}.${codec === 'mjpeg' ? 'mjpeg' : 'mp4'}`);
      ffmpeg(`${clip} -c:v ${coder} ${file}`);
      const pictures = unpacked(codec, packed(file, parsers[codec], payloader));
      const stream = Buffer.concat(pictures.map((picture) => picture.data));
      expect(digests(`-f ${names[codec]} -i pipe:0`, stream)).toEqual(digests(`-i ${file}`));
      expect(pictures.every((picture) => !picture.unsure)).toBe(true);
      expect(pictures.length).toBe(40);
    });

  it('MJPEG 4:2:2, of GStreamer', { timeout: 60_000 }, () => {
    const file = join(folder, 'wide.mjpeg');
    gst(
      `videotestsrc num-buffers=10 ! video/x-raw,format=Y42B,width=320,height=240 ! jpegenc ! filesink location="${file}"`,
    );
    const pictures = unpacked('mjpeg', packed(file, 'jpegparse', 'rtpjpegpay'));
    const stream = Buffer.concat(pictures.map((picture) => picture.data));
    expect(pictures).toHaveLength(10);
    expect(digests('-f mjpeg -i pipe:0', stream)).toEqual(digests(`-f mjpeg -i ${file}`));
  });

  it('an open group of pictures begins at its I picture, and what is left out is what cannot be decoded', () => {
    const file = join(folder, 'open.mp4');
    ffmpeg(`${clip} -c:v libx264 -preset veryfast -bf 2 -x264-params open-gop=1:keyint=10:scenecut=0 ${file}`);
    const packets = packed(file, parsers.h264, 'rtph264pay config-interval=-1');
    // Whoever calls in the middle: without the first picture, the only IDR one.
    const late = calledLate('h264', packets);
    const whole = new Set(digests(`-i ${file}`));
    const shown = digests('-f h264 -i pipe:0', Buffer.concat(late.map((picture) => picture.data)));
    expect(late[0]?.key).toBe(true);
    expect(shown.length).toBeGreaterThan(25);
    expect(shown.filter((one) => !whole.has(one))).toEqual([]);
  });

  it('an open group of H.265 does so too', () => {
    const file = join(folder, 'open265.mp4');
    ffmpeg(
      `${clip} -c:v libx265 -preset fast -x265-params log-level=none:open-gop=1:keyint=10:scenecut=0:bframes=2 ${file}`,
    );
    const packets = packed(file, parsers.h265, 'rtph265pay config-interval=-1');
    const late = calledLate('h265', packets);
    const whole = new Set(digests(`-i ${file}`));
    const shown = digests('-f hevc -i pipe:0', Buffer.concat(late.map((picture) => picture.data)));
    expect(late[0]?.key).toBe(true);
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter((one) => !whole.has(one))).toEqual([]);
  });

  it('a rolling refresh shows nothing but the pictures as they were', () => {
    const file = join(folder, 'refresh.mp4');
    ffmpeg(`${clip} -c:v libx264 -preset ultrafast -bf 0 -x264-params intra-refresh=1:keyint=10 ${file}`);
    const packets = packed(file, parsers.h264, 'rtph264pay config-interval=-1');
    const late = calledLate('h264', packets);
    const whole = digests(`-i ${file}`);
    const shown = digests(
      '-flags output_corrupt -flags2 showall -f h264 -i pipe:0',
      Buffer.concat(late.map((picture) => picture.data)),
    );
    expect(shown.length).toBe(late.length);
    const sure = shown.filter((_, index) => !late[index]?.unsure);
    expect(sure.length).toBeGreaterThan(15);
    expect(sure.filter((one) => !whole.includes(one))).toEqual([]);
  });
});

/** What cameras do to their packets, done to real ones. */
const at = (packet: RtpPacket, bytes: (payload: Uint8Array) => Uint8Array): RtpPacket => ({
  ...packet,
  payload: bytes(packet.payload),
});
const isFragment = (packet: RtpPacket) => ((packet.payload[0] ?? 0) & 31) === 28;
const isSet = (packet: RtpPacket) => [7, 8, 24].includes((packet.payload[0] ?? 0) & 31);
const endsUnit = (packet: RtpPacket) => (isFragment(packet) ? ((packet.payload[1] ?? 0) & 64) !== 0 : !isSet(packet));
const beside = (extra: Partial<RtpPacket>) => (packets: readonly RtpPacket[]) =>
  packets.flatMap((packet, index) => (index % 5 === 3 ? [{ ...packet, marker: false, ...extra }, packet] : [packet]));
const without = (bit: number) => (packets: readonly RtpPacket[]) =>
  packets.map((packet) => (isFragment(packet) ? at(packet, (bytes) => bytes.with(1, (bytes[1] ?? 0) & ~bit)) : packet));
const numbered = (packets: readonly RtpPacket[]) =>
  packets.map((packet, index) => ({ ...packet, sequence: (65_500 + index) & 0xffff }));
const manners: readonly (readonly [string, (packets: readonly RtpPacket[]) => readonly RtpPacket[]])[] = [
  ['padding-only packets', beside({ payload: new Uint8Array(0) })],
  ['packets of another type in the count', beside({ payloadType: 97, payload: Uint8Array.of(0x65, 1, 2, 3) })],
  ['units of type 30', beside({ payload: Uint8Array.of(0x7e, 1, 2, 3) })],
  ['units of type 0', beside({ payload: Uint8Array.of(0x60, 1, 2, 3) })],
  ['no end bits', without(64)],
  ['no start bits', without(128)],
  [
    'zero bytes behind aggregates',
    (all) =>
      all.map((one) =>
        ((one.payload[0] ?? 0) & 31) === 24 ? at(one, (bytes) => Uint8Array.from([...bytes, 0, 0])) : one,
      ),
  ],
  [
    'byte streams in place of units',
    (all) =>
      all.map((one) =>
        isFragment(one) || ((one.payload[0] ?? 0) & 31) === 24
          ? one
          : at(one, (bytes) => Uint8Array.from([0, 0, 0, 1, ...bytes])),
      ),
  ],
  ['no markers', (all) => all.map((one) => ({ ...one, marker: false }))],
  ['a marker on every packet', (all) => all.map((one) => ({ ...one, marker: true }))],
  [
    'a time of its own for each packet, and no markers',
    (all) => all.map((one, index) => ({ ...one, timestamp: index, marker: false })),
  ],
  ['a time of its own for each packet', (all) => all.map((one, index) => ({ ...one, timestamp: index }))],
  ['one time for all pictures', (all) => all.map((one) => ({ ...one, timestamp: 9 }))],
];
const arrivals: typeof manners = [
  [
    'swapped neighbours',
    (all) =>
      all.flatMap((one, index) =>
        index % 7 === 0 && all[index + 1]
          ? [all[index + 1] as RtpPacket, one]
          : index % 7 === 1 && index > 0
            ? []
            : [one],
      ),
  ],
  ['repeated packets', (all) => all.flatMap((one, index) => (index % 3 === 0 ? [one, one] : [one]))],
];

describe.skipIf(!hasGst)('what cameras do to packets costs no picture', () => {
  const file = join(folder, 'manners.mp4');
  const made = () => {
    ffmpeg(`${clip} -c:v libx264 -preset ultrafast -bf 0 -x264-params slices=3:keyint=20 -b:v 3M ${file}`);
    return packed(file, parsers.h264, 'rtph264pay mtu=900 aggregate-mode=zero-latency config-interval=-1');
  };
  const packets = hasGst ? made() : [];
  const whole = hasGst ? digests(`-i ${file}`) : [];
  const shown = (came: readonly RtpPacket[]) =>
    digests('-f h264 -i pipe:0', Buffer.concat(unpacked('h264', came).map((picture) => picture.data)));
  for (const [name, change] of manners)
    it(name, () => {
      // The last picture of a camera without markers, or whose markers lie, ends with the next, which never comes.
      const came = shown(numbered(change(packets)));
      const lies = /marker|its own/.test(name);
      expect(lies ? came.filter((one) => whole.includes(one)).length : came.length).toBeGreaterThanOrEqual(
        lies ? 39 : 40,
      );
      if (!lies) expect(came).toEqual(whole);
    });
  for (const [name, change] of arrivals) it(name, () => expect(shown(change(numbered(packets)))).toEqual(whole));

  it('a marker behind each slice', () => {
    const came = shown(packets.map((one) => ({ ...one, marker: endsUnit(one) })));
    expect(came.filter((one) => whole.includes(one)).length).toBeGreaterThanOrEqual(39);
  });
});

describe('parameter sets of real encoders', () => {
  for (const [name, coder, expected] of [
    ['x264 without B pictures', 'libx264 -bf 0', { width: 640, height: 480, reorderDepth: 0 }],
    ['x264 with B pictures', 'libx264 -bf 2 -x264-params b-pyramid=none', { width: 640, height: 480, reorderDepth: 1 }],
    ['x264 with a pyramid of them', 'libx264 -bf 3', { width: 640, height: 480, reorderDepth: 2 }],
    [
      'x265 without B pictures',
      'libx265 -x265-params log-level=none:bframes=0',
      { width: 640, height: 480, reorderDepth: 0 },
    ],
    [
      'x265 with B pictures',
      'libx265 -x265-params log-level=none:bframes=3:b-pyramid=1',
      { width: 640, height: 480, reorderDepth: 2 },
    ],
  ] as const)
    it(name, { timeout: 30_000 }, () => {
      const units = nalUnits(
        ffmpeg(`${clip} -frames:v 8 -c:v ${coder} -f ${coder.startsWith('libx264') ? 'h264' : 'hevc'} pipe:1`),
      );
      const sps = units.map((unit) => readSps(unit) ?? (h265Type(unit) === 33 ? readH265Sps(unit) : undefined));
      expect(sps.find((one) => one)).toMatchObject(expected);
      expect(joinUnits(units).length).toBeGreaterThan(0);
    });
});
