/** Stage: packets to raw frames. It supervises the decoder, starts each one at a keyframe, and tells lost pictures as gaps. */

import type { Gap } from '@nattfrid/shared/domain/observation';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { tally } from '@nattfrid/shared/log/tally';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import type { Packet } from '../camera/packet.ts';
import { type Channel, channel } from '../flow/channel.ts';
import type { Stage } from '../flow/stage.ts';
import { until } from '../flow/until.ts';
import { type Beginning, beginningOf, isSameBeginning } from './beginning.ts';
import { type Decoder, type Lost, openDecoder } from './decoder.ts';
import type { Frame } from './frame.ts';
import type { Pace, PaceState } from './pace.ts';
import type { LentFrame, Pool } from './pool.ts';

export interface DecodeOptions {
  /** Path of the program. */
  readonly ffmpeg: string;
  readonly pace: Pace;
  readonly log: Logger;
  readonly clock: Clock;
  readonly pool: Pool;
  /** Whether a viewer sees a picture taken then. The pace starts anew with the first seen one, because a viewer waits for it. */
  readonly isSeen?: (taken: Instant) => boolean;
  /**
   * `life`: a picture that has not been decoded after two seconds is lost, and told as a gap.
   * `max`: a recording faster than life; no picture is given up, so that the same file gives the same frames.
   */
  readonly speed?: 'life' | 'max';
  /** Called when no picture could be decoded for five seconds of packets; then every five seconds. */
  readonly undecodable?: (fault: Fault) => void;
  /** Told when a decoder stands still and is replaced, which is not the camera's fault, and when there are pictures again. */
  readonly stuck?: (isStuck: boolean) => void;
}

/** Age at which a picture that was not decoded is given up, as an offset to the newest packet. */
const patience = seconds(-2);
const hopeless = seconds(5);
const pulse = seconds(0.5);
/** Longer before the first keyframe: some cameras send one only once a minute. */
const hopelessWithoutKey = seconds(90);

/**
 * Frames in order, 640 x 480 at most, as soon as they are decoded. A damaged picture is counted and told as a gap `corrupt`; gaps of
 * the camera are passed on. A held packet (no data) repeats the last frame pixel by pixel. Ends when the source ends; throws what the
 * source throws. The belt drops late frames, not this stage.
 */
export function decode(options: DecodeOptions): Stage<Packet | Gap, Frame | Gap> {
  return async function* (source, signal) {
    using lost = tally(options.clock, (many) => options.log.warn('pictures could not be decoded', { many }));
    const out = channel<Frame | Gap>(2, (item) => item.type === 'frame' && item[Symbol.dispose]());
    const left = new AbortController();
    const feeder = openFeeder(options, out, () => lost.count(), AbortSignal.any([signal, left.signal]));
    const feeding = feeder.run(source).then(
      () => out.close(),
      (error: unknown) => out.close(signal.aborted ? undefined : error),
    );
    try {
      yield* out;
    } finally {
      left.abort();
      await feeding;
    }
  };
}

interface Running {
  readonly decoder: Decoder;
  /** The reader of its frames; resolves after the last one. */
  readonly reading: Promise<void>;
  /** Undefined: nothing has been fed to it. */
  readonly beginning: Beginning | undefined;
  /** As MJPEG wants it, and nothing else. */
  readonly strict: boolean;
}

/** The half of the stage that feeds packets; the other half takes frames out of the channel. */
function openFeeder(options: DecodeOptions, out: Channel<Frame | Gap>, countLost: () => void, signal: AbortSignal) {
  const { ffmpeg, log, pool } = options;
  let pacing: PaceState = options.pace.initial;
  let wasSeen = false;
  let running: Running | undefined;
  /** What has last come: most likely it comes again. */
  let codec: Packet['codec'] | undefined;
  let told: Instant | undefined;
  let understood: Instant | undefined;
  let lastFed: Instant | undefined;
  /** Pulses since the last picture: counted, because a standstill of our own gives none. */
  let quiet = 0;
  const watching = options.clock.every(pulse, () => void quiet++);
  let isStuck = false;
  /** So many more pictures are decoded and not shown: the decoder has begun in the middle of a refresh. */
  let hidden = 0;
  /** The decoder has begun with the last key, and has seen nothing of before. */
  let fresh = false;
  let last: { readonly width: number; readonly height: number; readonly i420: Uint8Array } | undefined;

  const tellLost = async ({ at }: Lost): Promise<boolean> => {
    if (signal.aborted) return false;
    countLost();
    const from = told ?? at;
    told = at;
    return out.put({ type: 'gap', from, at, why: 'corrupt' });
  };
  const tellFrame = async (frame: LentFrame): Promise<boolean> => {
    told = understood = frame.at;
    quiet = 0;
    if (isStuck) options.stuck?.((isStuck = false));
    if (last?.i420.length === frame.i420.length) last.i420.set(frame.i420);
    else last = { width: frame.width, height: frame.height, i420: frame.i420.slice() };
    const taken = await out.put(frame);
    if (!taken) frame[Symbol.dispose]();
    return taken;
  };
  const read = async (decoder: Decoder): Promise<void> => {
    for await (const one of decoder.pictures()) {
      const taken = one.type === 'lost' ? await tellLost(one) : await tellFrame(one);
      if (!taken) return;
    }
  };
  const stuck = () => {
    isStuck = true;
    options.stuck?.(true);
    // It begins anew, also with finding that nothing can be decoded.
    understood = undefined;
    quiet = 0;
    if (lastFed === undefined) return;
    const from = told ?? lastFed;
    told = lastFed;
    void out.put({ type: 'gap', from, at: lastFed, why: 'too-slow' });
  };
  const start = (beginning: Beginning | undefined): Running => {
    const { clock, speed = 'life' } = options;
    const strict = (beginning?.codec ?? codec) === 'mjpeg';
    const decoder = openDecoder({ ffmpeg, strict, log, pool, speed, clock, stuck }, signal);
    const reading = read(decoder)
      .catch((error: unknown) =>
        log.warn('the decoder said something that is no picture', { why: asFault(error).message }),
      )
      // Without a reader the child blocks on its full pipe for ever.
      .finally(() => decoder[Symbol.asyncDispose]());
    return { decoder, reading, beginning, strict };
  };
  /** Ends the decoder; resolves when everything that was fed has come out. */
  const retire = async (): Promise<void> => {
    const old = running;
    if (!old?.beginning) return;
    running = undefined;
    old.decoder.finish();
    await old.reading;
    const fault = await old.decoder.ended;
    await old.decoder[Symbol.asyncDispose]();
    if (fault?.code === 'program-missing') throw fault;
    if (fault && !signal.aborted) log.warn('the decoder has ended and will be started again', { why: fault.message });
  };
  /** The next decoder starts while the old one gives out what it holds: by its end the other is ready. */
  const replace = async (next: Packet['codec']): Promise<void> => {
    codec = next;
    const ready = start(undefined);
    await retire();
    running = ready;
  };
  /** The one that stands ready is not for this codec. */
  const leave = async (): Promise<void> => {
    const old = running;
    running = undefined;
    await old?.decoder[Symbol.asyncDispose]();
  };
  const repeat = async (at: Instant): Promise<void> => {
    await retire();
    if (!last || worth(at) === 'pass') return;
    const again = pool.lend(last.width, last.height, at);
    again.i420.set(last.i420);
    told = at;
    if (!(await out.put(again))) again[Symbol.dispose]();
  };
  const worth = (at: Instant) => {
    const isSeen = options.isSeen?.(at) ?? false;
    if (isSeen && !wasSeen) pacing = options.pace.initial;
    wasSeen = isSeen;
    const [next, [what = 'pass']] = options.pace.step(pacing, at);
    pacing = next;
    return what;
  };
  const judgeLateness = async (at: Instant): Promise<void> => {
    if (options.speed === 'max') return;
    for (const one of running?.decoder.giveUp(after(at, patience)) ?? []) await tellLost(one);
    understood ??= at;
    if (at - understood < (running?.beginning ? hopeless : hopelessWithoutKey)) return;
    understood = at;
    // Pictures that come out late, or wait to be taken in, are our own slowness.
    if (quiet * pulse < hopeless || running?.decoder.isBehind) return;
    const words =
      'The camera sends pictures, but none of them can be decoded. Set it to H.264 or H.265 of the main profile, without B pictures.';
    options.undecodable?.(new Fault('camera-corrupt', words));
  };
  const feed = async (packet: Packet): Promise<void> => {
    const beginning = beginningOf(packet);
    const changed = beginning && running?.beginning && !isSameBeginning(beginning, running.beginning);
    if (changed) await replace(beginning.codec);
    lastFed = packet.at;
    await judgeLateness(packet.at);
    if (!running?.beginning) {
      if (!beginning) return;
      codec = beginning.codec;
      if (running && running.strict !== (codec === 'mjpeg')) await leave();
      running = running ? { ...running, beginning } : start(beginning);
      // Only now can it be found that nothing is decoded: how long the key picture was waited for says nothing of that.
      understood = packet.at;
      quiet = 0;
      hidden = packet.wholeAfter ?? 0;
      fresh = true;
    } else if (packet.key) fresh = false;
    const wanted = worth(packet.at);
    // It refers to pictures that were never seen here.
    if (packet.leading && fresh) return;
    const isHidden = hidden > 0 || packet.unsure === true;
    if (hidden > 0) hidden--;
    if (await running.decoder.feed(packet, isHidden ? 'pass' : wanted)) return;
    await retire();
    if (isStuck) running ??= start(undefined);
  };

  return {
    async run(source: AsyncIterable<Packet | Gap>): Promise<void> {
      // Started before the first packet, so that the first picture does not wait for the program.
      running = start(undefined);
      try {
        for await (const item of until(source, signal)) {
          if (item.type === 'gap') {
            await retire();
            // The next one stands ready before the camera is there again: the program takes longer to start than a picture to come.
            running ??= start(undefined);
            told = item.at;
            understood = undefined;
            await out.put(item);
          } else if (item.data.length === 0) await repeat(item.at);
          else await feed(item);
        }
        await retire();
      } finally {
        watching[Symbol.dispose]();
        await running?.decoder[Symbol.asyncDispose]();
        await running?.reading;
      }
    },
  };
}
