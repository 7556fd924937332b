/** Pure. MJPEG RTP depacketizer (RFC 2435): fragments in, whole JPEG files out. Every picture is a key, and a loss costs one picture. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Chain, itemsOf, joinedBytes } from '../../codec/chain.ts';
import { jpegFile, jpegSize } from '../../jpeg/file.ts';
import { quantization } from '../../jpeg/tables.ts';
import type { Depacketized } from './depacketized.ts';
import { type JpegFragment, readJpegPayload } from './jpeg-payload.ts';
import type { OwnedPacket } from './nal-depacketize.ts';
import type { RtpPacket } from './packet.ts';

/** At most 8 MB of picture, and the tables of 128 qualities, 512 bytes each. */
export interface JpegState {
  readonly timestamp: number | undefined;
  readonly picture: Begun | undefined;
  /** Something of the picture is missing, or cannot be understood. */
  readonly torn: boolean;
  readonly markersLie: boolean;
  readonly tables: Tables;
}

type Tables = ReadonlyMap<number, readonly Uint8Array[]>;

interface Begun {
  readonly first: JpegFragment;
  readonly width: number;
  readonly height: number;
  readonly parts: Chain<Uint8Array> | undefined;
  readonly bytes: number;
  readonly pieces: number;
  /** A marker has ended it. */
  readonly given: boolean;
}

const largest = 8 * 1024 * 1024;
/** Bytes by which each piece counts for more than it holds. */
const overhead = 256;

export const jpegDepacketizer: Machine<JpegState, OwnedPacket, Depacketized> = {
  initial: { timestamp: undefined, picture: undefined, torn: false, markersLie: false, tables: new Map() },
  step(before, { packet, own }) {
    // What is lost shows in the offsets: packets that are missing and belonged to no picture cost nothing.
    if (!own || packet.payload.length === 0) return [before, []];
    const told: Depacketized[] = [];
    let state = before;
    if (state.timestamp !== packet.timestamp) {
      give(state, told);
      state = { ...state, timestamp: packet.timestamp, picture: undefined, torn: false };
    }
    state = take(state, packet, told);
    if (!packet.marker || state.markersLie) return [state, told];
    give(state, told);
    return [{ ...state, torn: false, picture: state.picture && { ...state.picture, given: true } }, told];
  },
};

function take(before: JpegState, packet: RtpPacket, told: Depacketized[]): JpegState {
  const fragment = readJpegPayload(packet.payload);
  if (!fragment) return { ...before, torn: true };
  let state = before;
  if (fragment.offset === 0) {
    give(state, told);
    state = begin(state, fragment, packet);
  }
  const { picture } = state;
  if (!picture || fragment.offset !== picture.bytes) return { ...state, torn: true };
  // The marker stood too early: what was given is given once more, whole.
  if (picture.given) state = { ...state, markersLie: true };
  const [bytes, pieces] = [picture.bytes + fragment.data.length, picture.pieces + 1];
  if (bytes + pieces * overhead > largest) return { ...state, picture: undefined, torn: true };
  const parts = { item: fragment.data.slice(), before: picture.parts };
  return { ...state, picture: { ...picture, parts, bytes, pieces, given: false } };
}

function begin(state: JpegState, fragment: JpegFragment, packet: RtpPacket): JpegState {
  const { quality } = fragment;
  const tables = fragment.tables.length > 0 ? new Map(state.tables).set(quality, fragment.tables) : state.tables;
  // Sizes beyond 2040 stand in the frame segment of ONVIF's header extension (Streaming Specification §5.1.3).
  const said = (packet.extension && jpegSize(packet.extension)) ?? { width: 0, height: 0 };
  const width = fragment.width === 0 ? said.width : fragment.width;
  const height = fragment.height === 0 ? said.height : fragment.height;
  const first = { ...fragment, data: fragment.data.subarray(0, 0) };
  const picture = { first, width, height, parts: undefined, bytes: 0, pieces: 0, given: false };
  return { ...state, picture, torn: false, tables };
}

function give({ picture, torn, tables, timestamp }: JpegState, told: Depacketized[]): void {
  if (picture?.given) return;
  const parts = itemsOf(picture?.parts);
  const data = torn || !picture ? undefined : fileOf(picture, parts, tables);
  if (data) told.push({ type: 'picture', codec: 'mjpeg', timestamp: timestamp as number, key: true, data });
  else if (torn || parts.length > 0) told.push({ type: 'damaged', needsKey: false });
}

function fileOf({ first, width, height }: Begun, parts: readonly Uint8Array[], tables: Tables): Uint8Array | undefined {
  const [head] = parts;
  // Some cameras send the whole file, with its own headers.
  if (head?.[0] === 0xff && head[1] === 0xd8) return joinedBytes(parts);
  const { quality, sampling, restartEvery } = first;
  const computed = quality < 128 ? quantization(quality) : undefined;
  const remembered = quality === 255 ? first.tables : (tables.get(quality) ?? []);
  const quantizers = computed ? [computed.subarray(0, 64), computed.subarray(64)] : remembered;
  if (width === 0 || height === 0 || parts.length === 0 || quantizers.length === 0) return undefined;
  return jpegFile({ width, height, sampling, quantizers, restartEvery }, parts);
}
