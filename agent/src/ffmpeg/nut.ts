/** NUT demuxer for ffmpeg's output with one stream: the container gives the size and time of each frame as soon as it is written. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type ByteReader, byteReader } from './byte-reader.ts';
import { type FrameCode, fields, flag, type NutMain, type NutStream, readMain, readStream } from './nut-head.ts';

export interface NutFrame {
  /** Since the beginning of the stream. */
  readonly time: Duration;
  readonly key: boolean;
  readonly data: Uint8Array;
}

export interface Nut {
  readonly stream: NutStream;
  /**
   * The next frame; undefined at the end, also where the stream breaks off in the middle of a frame.
   * @param lend gives a buffer of so many bytes; a new one by default
   */
  next(lend?: (bytes: number, time: Duration) => Uint8Array): Promise<NutFrame | undefined>;
}

/** @returns undefined where the stream ends before its first frame. @throws Fault `process-ended` where it is not NUT */
export async function openNut(chunks: AsyncIterable<Uint8Array>): Promise<Nut | undefined> {
  const bytes = byteReader(chunks);
  const state: State = { bytes, main: undefined, stream: undefined, last: 0 };
  try {
    const opening = await bytes.take(magic.length);
    if (!opening) return undefined;
    if (String.fromCharCode(...opening) !== magic) throw broken('no NUT header');
    const first = await nextFrameCode(state);
    if (first === undefined || !state.main || !state.stream) return undefined;
    return reading(state, state.main, state.stream, first);
  } catch (error) {
    return endOrFault(error);
  }
}

const magic = 'nut/multimedia container\0';
const startCodes = { main: '4e4d7a561f5f04ad', stream: '4e5311405bf2f9db', syncpoint: '4e4be4adeeca4569' } as const;
/** Headers longer than this carry a checksum of their own (nut.txt, packet_header). */
const plainHeader = 4096;

interface State {
  readonly bytes: ByteReader;
  main: NutMain | undefined;
  stream: NutStream | undefined;
  /** Time of the last frame or syncpoint, in the stream's time base. */
  last: number;
}

function reading(state: State, main: NutMain, stream: NutStream, first: number): Nut {
  let ahead: number | undefined = first;
  return {
    stream,
    async next(lend) {
      try {
        const code = ahead ?? (await nextFrameCode(state));
        ahead = undefined;
        return code === undefined ? undefined : await readFrame(state, main, stream, code, lend);
      } catch (error) {
        return endOrFault(error);
      }
    },
  };
}

/** Reads headers, syncpoints, info and index up to the next frame's first byte. */
async function nextFrameCode(state: State): Promise<number | undefined> {
  while (true) {
    const byte = await state.bytes.byte();
    if (byte !== 0x4e) return byte;
    const rest = await state.bytes.take(7);
    if (!rest) return undefined;
    const size = await value(state.bytes);
    if (size > plainHeader) await state.bytes.take(4);
    const content = await state.bytes.take(size);
    if (!content) return undefined;
    const code = `4e${Buffer.from(rest).toString('hex')}`;
    if (code === startCodes.main) state.main = readMain(content);
    else if (code === startCodes.stream && state.main) state.stream = readStream(content, state.main);
    else if (code === startCodes.syncpoint) resync(state, content);
  }
}

function resync(state: State, content: Uint8Array): void {
  if (!state.main || !state.stream) throw broken('a syncpoint before the headers');
  const coded = fields(content).value();
  const count = state.main.timeBases.length;
  const from = state.main.timeBases[coded % count] ?? state.stream.timeBase;
  const to = state.stream.timeBase;
  state.last = Math.floor((Math.floor(coded / count) * from.num * to.den) / (to.num * from.den));
}

async function readFrame(
  state: State,
  main: NutMain,
  stream: NutStream,
  first: number,
  lend: (bytes: number, time: Duration) => Uint8Array = (size) => new Uint8Array(size),
): Promise<NutFrame | undefined> {
  const { bytes } = state;
  const code = main.codes[first] as FrameCode;
  let flags = code.flags;
  if (flags & flag.invalid) throw broken('an invalid frame code');
  if (flags & flag.coded) flags ^= await value(bytes);
  if (flags & flag.streamId) await value(bytes);
  const pts =
    flags & flag.codedPts ? fullPts(await value(bytes), state.last, stream.msbShift) : state.last + code.ptsDelta;
  let size = code.sizeLsb + (flags & flag.sizeMsb ? code.sizeMul * (await value(bytes)) : 0);
  if (flags & flag.matchTime) await value(bytes);
  let header = flags & flag.headerIdx ? await value(bytes) : code.header;
  for (let left = flags & flag.reserved ? await value(bytes) : code.reserved; left > 0; left--) await value(bytes);
  if (flags & flag.checksum) await bytes.take(4);
  if (size > plainHeader) header = 0;
  state.last = pts;
  const time = milliseconds((pts * stream.timeBase.num * 1000) / stream.timeBase.den);
  const start = main.elided[header] ?? new Uint8Array(0);
  if (size > largest) throw broken(`a frame of ${size} bytes`);
  size = Math.max(size, start.length);
  const data = lend(size, time);
  data.set(start);
  if (!(await bytes.fill(data.subarray(start.length, size)))) return undefined;
  return { time, key: (flags & flag.key) !== 0, data };
}

/** The low bits of a time, completed by the last one (nut.txt, coded_pts). */
function fullPts(coded: number, last: number, shift: number): number {
  const span = 2 ** shift;
  if (coded >= span) return coded - span;
  const from = last - Math.floor((span - 1) / 2);
  return from + ((((coded - from) % span) + span) % span);
}

/** Largest frame in bytes: 4K in 4:4:4. */
const largest = 4096 * 2304 * 3;

async function value(bytes: ByteReader): Promise<number> {
  let all = 0;
  while (true) {
    const byte = await bytes.byte();
    if (byte === undefined) throw new RangeError('The stream ended early.');
    all = all * 128 + (byte & 127);
    if (byte < 128) return all;
  }
}

const broken = (what: string): Fault => new Fault('process-ended', `What ffmpeg wrote cannot be read: ${what}.`);

/** A stream that breaks off has ended: the child's exit tells why, not its pipe. */
function endOrFault(error: unknown): undefined {
  if (error instanceof Fault) throw error;
}
