/** Holds a session with a camera by the unit's own client, and records its manners. No picture is put together, and no byte of one is kept. */
import { asFault, type Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Camera } from '../../camera/camera.ts';
import { readSdp } from '../../camera/rtsp/sdp.ts';
import type { Tap } from '../../camera/rtsp/tap.ts';
import type { Codec } from '../../codec/codec.ts';
import { headersFor } from './headers-for.ts';
import { type Before, packetFor } from './packet-for.ts';
import type { MannersRecording, RecordedAnswer, RecordedPacket } from './recording.ts';
import { sdpFor } from './sdp-for.ts';
import { openTaken } from './taken.ts';

export interface RecordOptions {
  /** The camera's address without credentials, as the client asks for it. */
  readonly asked: string;
  readonly clock: Clock;
  /** From the first packet on. */
  readonly length: Duration;
  /** For the first packet. */
  readonly firstWithin: Duration;
  readonly progress: (gone: Duration, packets: number) => void;
}

/** Ten minutes of a large stream. */
const mostPackets = 200_000;
const mostMessages = 10_000;
/** A camera on the same network that has not answered by then does not. */
const answerWithin = seconds(1);

/** @returns what was recorded, also of a camera that refuses, and the fault it ended by. @throws nothing that the camera does */
export async function recordManners(
  open: (tap: Tap) => Camera,
  { asked, clock, length, firstWithin, progress }: RecordOptions,
  signal: AbortSignal,
): Promise<{ readonly recording: MannersRecording; readonly fault: Fault | undefined }> {
  const taken = openTaken();
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const answers: RecordedAnswer[] = [];
  const requests: { method: string; at: number }[] = [];
  const packets: RecordedPacket[] = [];
  const sent = new Map<number, { readonly method: string; readonly at: number }>();
  const stray = { times: 0, bytes: 0 };
  const before = new Map<number, Before | undefined>();
  let sdp: string[] = [];
  let codec: Codec | undefined;
  let way: 'tcp' | 'udp' = 'tcp';
  let began: number | undefined;
  let first: number | undefined;
  const at = (): number => Math.max(0, Math.round(clock.steady() - (began ??= clock.steady())));
  void clock.sleep(firstWithin, both).then(() => first === undefined && over.abort());

  const tap: Tap = {
    asked: ({ sequence, method }) => void sent.set(sequence, { method, at: clock.steady() }),
    answered({ status, headers, body }, request) {
      const { method = 'UNKNOWN', sequence = 0 } = request ?? {};
      if (method === 'PLAY' && status < 300) at();
      if (method === 'SETUP' && status < 300)
        way = /client_port=/.test(headers.get('transport')?.[0] ?? '') ? 'udp' : 'tcp';
      if (method === 'DESCRIBE' && body !== '') {
        sdp = sdpFor(body, asked, taken);
        codec = readSdp(body, asked, asked).track?.codec;
      }
      const [counted, declared] = [headers.get('cseq')?.[0], headers.get('content-length')?.[0]];
      if (answers.length < mostMessages)
        answers.push({
          ...{ method, status, after: Math.round(clock.steady() - (sent.get(sequence)?.at ?? clock.steady())) },
          cseq: numberIn(counted, sequence),
          length: numberIn(declared, Buffer.byteLength(body)),
          headers: headersFor(headers, asked, taken).slice(0, 64),
        });
      sent.delete(sequence);
    },
    requested({ method }) {
      if (requests.length < mostMessages) requests.push({ method, at: at() });
    },
    strayed(bytes) {
      stray.times++;
      stray.bytes += bytes;
    },
    came({ channel, payload }) {
      if (both.aborted || packets.length >= mostPackets) return;
      if (first === undefined) {
        first = clock.steady();
        void clock.sleep(length, both).then(() => over.abort());
      }
      const found = packetFor(payload, { at: at(), channel, codec, before: before.get(channel) });
      if (!found) return;
      before.set(channel, found.last);
      packets.push(found.packet);
    },
  };
  using _ticking = clock.every(seconds(1), () =>
    progress(milliseconds(first === undefined ? 0 : clock.steady() - first), packets.length),
  );
  let fault: Fault | undefined;
  try {
    // What it gives is let go at once: the tap has seen its packets.
    for await (const _picture of open(tap).open(both));
  } catch (error) {
    fault = asFault(error);
  }
  over.abort();
  const late = [...sent.values()].filter((one) => fault !== undefined || clock.steady() - one.at >= answerWithin);
  const unanswered = late
    .map((one) => one.method)
    .filter((method) => method !== 'TEARDOWN')
    .slice(0, mostMessages);
  const recording: MannersRecording = {
    ...{ format: 'nattfrid camera manners 1', over: way, length: began === undefined ? 0 : at() },
    ...{ answers, sdp, requests, unanswered, stray, packets, taken: taken.counts },
    ...(fault && { ended: { at: began === undefined ? 0 : at(), why: fault.code } }),
  };
  return { recording, fault };
}

/** @returns null: it is not said, or no number */
const numberIn = (text: string | undefined, right: number): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) - right : null;
