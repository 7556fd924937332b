/** One ffmpeg child that decodes: packets in, raw frames and lost pictures out. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Packet } from '../camera/packet.ts';
import { fit } from '../ffmpeg/fit.ts';
import { matroskaHead, matroskaPicture } from '../ffmpeg/matroska.ts';
import { openNut } from '../ffmpeg/nut.ts';
import { startFfmpeg } from '../ffmpeg/process.ts';
import { type Beginning, beginningOf } from './beginning.ts';
import type { Worth } from './pace.ts';
import type { LentFrame, Pool } from './pool.ts';
import { tickets } from './tickets.ts';
import { watchDecoder } from './watch-decoder.ts';

/** A wanted picture that was not decoded, or damaged. */
export interface Lost {
  readonly type: 'lost';
  readonly at: Instant;
}

export interface Decoder extends AsyncDisposable {
  /** The first packet must be a keyframe. Resolves when the child has room for more; false: it is gone, or must be replaced. */
  feed(packet: Packet, worth: Worth): Promise<boolean>;
  /** Ends the input: what is inside comes out, then the pictures end. */
  finish(): void;
  /** The wanted pictures in order; a frame is the taker's to dispose. Ends with the child. */
  pictures(): AsyncIterable<LentFrame | Lost>;
  /** Gives up the pictures before this instant that have not come out. */
  giveUp(before: Instant): readonly Lost[];
  readonly ended: Promise<Fault | undefined>;
  /** More was fed than the child has taken: it has more to do than it can. */
  readonly isBehind: boolean;
}

/** `-threads 1` twice, because threads of the decoder and of the rawvideo «encoder» both hold back pictures. */
const args = [
  ...['-threads', '1', '-flags', 'low_delay', '-probesize', '32', '-analyzeduration', '0', '-fpsprobesize', '0'],
  ...['-f', 'matroska', '-i', 'pipe:0', '-copyts', '-map', '0:v:0', '-filter_threads', '1'],
  ...['-vf', `select='mod(round(t*1000),2)',${fit}`, '-fps_mode', 'passthrough', '-enc_time_base', '1:1000'],
  ...['-c:v', 'rawvideo', '-threads', '1', '-f', 'nut', '-write_index', '0', '-flush_packets', '1', 'pipe:1'],
];

export interface DecoderOptions {
  readonly ffmpeg: string;
  /** It gives up a picture at its first error. MJPEG that is damaged passes for whole now and then; of others a bad message would cost the picture. */
  readonly strict: boolean;
  readonly log: Logger;
  readonly pool: Pool;
  readonly speed: 'life' | 'max';
  readonly clock: Clock;
  /** At the speed of life: it stood still, and has been ended. Its pictures end. */
  readonly stuck: () => void;
}

/** ffmpeg's messages about a missing picture, or one with concealed errors. */
const damage =
  /corrupt decoded frame|error while decoding|decode_slice_header error|no frame!|error submitting|concealing \d+|could not find ref with|frame rps|undecodable nalu|out of range|invalid data|overread|bad vlc|error count|marker .*invalid/i;
/** A number that the decoder carries without loss, as the milliseconds of its container. */
const lastTicket = 2 ** 40;

interface Fed {
  /** Rising in the order in which pictures are shown. */
  readonly ticket: number;
  /** Rising in the order in which they were fed. */
  readonly turn: number;
  readonly at: Instant;
  readonly key: boolean;
  readonly worth: Worth;
}

/**
 * Each packet has a ticket as its timestamp, odd if it is wanted. The child scales and writes only the odd ones, and the ticket
 * identifies the packet of each picture, however many were lost before it.
 */
export function openDecoder(options: DecoderOptions, signal: AbortSignal): Decoder {
  const { ffmpeg, strict, log, pool, speed, clock, stuck } = options;
  let fed: Fed[] = [];
  let turn = 0;
  let beginning: Beginning | undefined;
  let numbering = tickets(0);
  let numbers = numbering.initial;
  // After a damaged or missing picture, pictures up to a keyframe that was fed later refer to it and count as lost. A missing one shows in
  // the tickets. A damaged one shows only in ffmpeg's log, apart from the pictures: one may slip by, and where packets run far ahead of
  // pictures (faster than life) the log does not tell which one it was.
  let damagedUntil: number | undefined;
  const child = startFfmpeg(
    {
      ffmpeg,
      args: strict ? ['-err_detect', 'explode', ...args] : args,
      what: 'decoder',
      log,
      heard(line) {
        watch?.alive();
        if (speed === 'life' && damage.test(line)) damaged();
      },
    },
    signal,
  );
  const standsStill = () => {
    log.warn('the decoder stands still and is replaced');
    fed = [];
    child.kill();
    stuck();
  };
  const watch = speed === 'life' ? watchDecoder({ clock, pid: child.pid, stuck: standsStill }) : undefined;
  void child.ended.then(() => watch?.[Symbol.dispose]());
  const damaged = () => {
    damagedUntil = turn;
  };

  const arrived = (ticket: number): { readonly at: Instant; readonly lost: readonly Lost[] } | undefined => {
    const index = fed.findIndex((one) => one.ticket === ticket);
    const own = fed[index];
    if (!own) return undefined;
    const passed = fed.slice(0, index + 1);
    fed = fed.slice(index + 1);
    const missed = passed.findLast((one) => one !== own && one.worth === 'look');
    const damagedAt = Math.max(damagedUntil ?? 0, missed ? missed.turn + 1 : 0);
    const whole = damagedAt === 0 || passed.some((one) => one.key && one.turn >= damagedAt);
    damagedUntil = whole ? undefined : damagedAt;
    return { at: own.at, lost: lostOf(whole ? passed.filter((one) => one !== own) : passed) };
  };

  return {
    ended: child.ended,
    get isBehind() {
      return child.behind > 0;
    },
    finish() {
      watch?.finishing();
      child.finish();
    },
    async feed(packet, worth) {
      if (!beginning) {
        beginning = beginningOf(packet);
        if (!beginning || !(await child.write(matroskaHead(beginning.codec, beginning.size)))) return false;
        numbering = tickets(beginning.reorderDepth);
        numbers = numbering.initial;
      }
      const [next, [number = 0]] = numbering.step(numbers, packet.at);
      numbers = next;
      const ticket = number * 2 + (worth === 'look' ? 1 : 0);
      if (ticket >= lastTicket) return false;
      const own = { ticket, turn: turn++, at: packet.at, key: packet.key, worth };
      const before = fed.findLastIndex((one) => one.ticket < ticket);
      fed = [...fed.slice(0, before + 1), own, ...fed.slice(before + 1)];
      using _feeding = watch?.feeding();
      return await child.write(matroskaPicture(ticket, packet.key, packet.data));
    },
    giveUp(before) {
      // What may come before its turn is waited for in pictures, which are far apart where a camera sends few.
      const waits = (beginning?.reorderDepth ?? 0) + 1;
      const isOld = (one: Fed) => one.at < before && (waits === 1 || turn - one.turn > waits + 1);
      const old = fed.filter(isOld);
      if (old.length > 0) fed = fed.filter((one) => !isOld(one));
      return lostOf(old);
    },
    async *pictures() {
      const nut = await openNut(child.output);
      const { width = 0, height = 0 } = nut?.stream ?? {};
      while (nut) {
        const frame: { lent?: LentFrame; lost?: readonly Lost[] } = {};
        const got = await nut.next((bytes, time) => {
          const one = arrived(Math.round(time));
          if (one) frame.lost = one.lost;
          if (!one || damagedUntil !== undefined || bytes !== width * height * 1.5) return new Uint8Array(bytes);
          frame.lent = pool.lend(width, height, one.at);
          return frame.lent.i420;
        });
        watch?.alive();
        using _unread = watch?.unread();
        for (const lost of frame.lost ?? []) yield lost;
        if (frame.lent && got) yield frame.lent;
        else frame.lent?.[Symbol.dispose]();
        if (!got) break;
      }
      yield* lostOf(fed);
      fed = [];
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

function lostOf(fed: readonly Fed[]): readonly Lost[] {
  return fed.filter((one) => one.worth === 'look').map(({ at }) => ({ type: 'lost', at }));
}
