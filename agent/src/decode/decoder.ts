/** One ffmpeg child that decodes: packets in, raw frames and lost pictures out. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Packet } from '../camera/packet.ts';
import { fit } from '../ffmpeg/fit.ts';
import { flvHeader, flvPicture, flvSets } from '../ffmpeg/flv.ts';
import { openNut } from '../ffmpeg/nut.ts';
import { type Child, startFfmpeg } from '../ffmpeg/process.ts';
import { nalType, nalTypes, nalUnits } from '../h264/annex-b.ts';
import type { Worth } from './pace.ts';
import type { LentFrame, Pool } from './pool.ts';
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
  ...['-f', 'flv', '-i', 'pipe:0', '-copyts', '-map', '0:v:0', '-filter_threads', '1'],
  ...['-vf', `select='mod(round(t*1000),2)',${fit}`, '-fps_mode', 'passthrough', '-enc_time_base', '1:1000'],
  ...['-c:v', 'rawvideo', '-threads', '1', '-f', 'nut', '-write_index', '0', '-flush_packets', '1', 'pipe:1'],
];

export interface DecoderOptions {
  readonly ffmpeg: string;
  readonly log: Logger;
  readonly pool: Pool;
  readonly speed: 'life' | 'max';
  readonly clock: Clock;
  /** At the speed of life: it stood still, and has been ended. Its pictures end. */
  readonly stuck: () => void;
}

/** ffmpeg's messages about a missing picture, or one with concealed errors. */
const damage =
  /corrupt decoded frame|error while decoding|decode_slice_header error|no frame!|error submitting|concealing \d+/i;
/** Tickets are FLV timestamps of 31 bits; at 60 pictures a second these last a hundred days. */
const lastTicket = 2 ** 30;

interface Fed {
  readonly ticket: number;
  readonly at: Instant;
  readonly key: boolean;
  readonly worth: Worth;
}

/**
 * Each packet has a ticket as its timestamp, odd if it is wanted. The child scales and writes only the odd ones, and the ticket
 * identifies the packet of each picture, however many were lost before it.
 */
export function openDecoder({ ffmpeg, log, pool, speed, clock, stuck }: DecoderOptions, signal: AbortSignal): Decoder {
  let fed: Fed[] = [];
  let turn = 0;
  let begun = false;
  // After a damaged or missing picture, pictures up to a keyframe that was fed later refer to it and count as lost. A missing one shows in
  // the tickets. A damaged one shows only in ffmpeg's log, apart from the pictures: one may slip by, and where packets run far ahead of
  // pictures (faster than life) the log does not tell which one it was.
  let damagedUntil: number | undefined;
  const child = startFfmpeg(
    {
      ffmpeg,
      args,
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
    damagedUntil = turn * 2;
  };

  const arrived = (ticket: number): { readonly at: Instant; readonly lost: readonly Lost[] } | undefined => {
    const index = fed.findIndex((one) => one.ticket === ticket);
    const own = fed[index];
    if (!own) return undefined;
    const passed = fed.slice(0, index + 1);
    fed = fed.slice(index + 1);
    const missed = passed.findLast((one) => one !== own && one.worth === 'look');
    const damagedAt = Math.max(damagedUntil ?? 0, missed ? missed.ticket + 1 : 0);
    const whole = damagedAt === 0 || passed.some((one) => one.key && one.ticket >= damagedAt);
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
      const ticket = turn++ * 2 + (worth === 'look' ? 1 : 0);
      if (ticket >= lastTicket) return false;
      const units = nalUnits(packet.data);
      if (!begun && !(await begin(child, units))) return false;
      begun = true;
      fed.push({ ticket, at: packet.at, key: packet.key, worth });
      using _feeding = watch?.feeding();
      return await child.write(flvPicture(ticket, packet.key, units));
    },
    giveUp(before) {
      const old = fed.filter((one) => one.at < before);
      fed = fed.filter((one) => one.at >= before);
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

async function begin(child: Child, units: readonly Uint8Array[]): Promise<boolean> {
  const sps = units.find((unit) => nalType(unit) === nalTypes.sps);
  const pps = units.find((unit) => nalType(unit) === nalTypes.pps);
  if (!sps || !pps || sps.length < 4) return false;
  return (await child.write(flvHeader)) && (await child.write(flvSets(sps, pps)));
}
