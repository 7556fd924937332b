/** Pure. What a file of `record-manners` holds: how a camera answered, and the heads and sizes of its packets. Nothing of a picture, and nobody's name. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { z } from 'zod';

const ms = z.int().min(0).max(3_600_000);
const bytes = z.int().min(0).max(65_535);
/** A header's name or a method; no camera has longer ones. */
const word = z.string().regex(/^[A-Za-z_-]{1,40}$/);
const line = z.string().max(2048);

const Answer = z.strictObject({
  method: word,
  /** From its request on. */
  after: ms,
  status: z.int().min(100).max(999),
  /** By which the answer's CSeq is larger than that of its request; null: it has none. */
  cseq: z.int().nullable(),
  /** By which Content-Length is larger than the body; null: it is not said. */
  length: z.int().nullable(),
  headers: z.array(z.tuple([word, line])).max(64),
});

/** What its first bytes say (RFC 6184 §5.3, RFC 7798 §4.4). */
const Unit = z.strictObject({
  kind: z.enum(['single', 'aggregate', 'fragment']),
  /** NAL unit type; of a fragment that of the unit it belongs to. */
  type: z.int().min(0).max(63),
  /** nal_ref_idc of H.264; 0 for H.265. */
  importance: z.int().min(0).max(3),
  /** Bits of a fragment's header. */
  start: z.boolean().optional(),
  end: z.boolean().optional(),
  reserved: z.boolean().optional(),
  /** It begins with zeros, as a start code does and no unit. */
  zeros: z.boolean().optional(),
});

const RtpPacket = z.strictObject({
  kind: z.literal('rtp'),
  /** From the answer to PLAY on, or from the first packet where that came sooner. */
  at: ms,
  channel: z.int().min(0).max(255),
  /** All of it. */
  size: bytes,
  type: z.int().min(0).max(127),
  marker: z.boolean(),
  /** Against the packet before it on its channel; 0 for the first. */
  sequence: z.int().min(-32_768).max(32_767),
  time: z
    .int()
    .min(-(2 ** 31))
    .max(2 ** 31 - 1),
  source: z.enum(['first', 'same', 'other']),
  padding: bytes,
  extension: bytes,
  contributors: z.int().min(0).max(15),
  payload: bytes,
  unit: Unit.optional(),
});

const ControlPacket = z.strictObject({
  kind: z.literal('rtcp'),
  at: ms,
  channel: z.int().min(0).max(255),
  size: bytes,
  /** Of its first packet (RFC 3550 §12.1). */
  type: z.int().min(192).max(223),
});

export const MannersRecording = z.strictObject({
  format: z.literal('nattfrid camera manners 1'),
  /** Over which its packets came. */
  over: z.enum(['tcp', 'udp']),
  /** For which it was watched. */
  length: ms,
  answers: z.array(Answer).max(10_000),
  /** The session description, line by line. */
  sdp: z.array(line).max(512),
  /** Of the camera's own. */
  requests: z.array(z.strictObject({ method: word, at: ms })).max(10_000),
  /** Requests that were not answered within a second, or until it hung up. */
  unanswered: z.array(word).max(10_000),
  /** Between packets and messages: how often, and how many bytes in all. */
  stray: z.strictObject({ times: z.int().min(0), bytes: z.int().min(0) }),
  packets: z.array(z.discriminatedUnion('kind', [RtpPacket, ControlPacket])).max(200_000),
  /** How the session ended by the camera's doing, in the words of a fault's code; absent: it lived until the end. */
  ended: z.strictObject({ at: ms, why: z.string().regex(/^[a-z-]{1,40}$/) }).optional(),
  /** What was taken out, and how often. */
  taken: z.record(z.string().regex(/^[A-Za-z ,’()-]{1,80}$/), z.int().min(1)),
});

export type MannersRecording = z.infer<typeof MannersRecording>;
export type RecordedAnswer = z.infer<typeof Answer>;
export type RecordedPacket = MannersRecording['packets'][number];
export type RecordedRtp = z.infer<typeof RtpPacket>;
export type RecordedUnit = z.infer<typeof Unit>;

/** @throws Fault `file-unreadable`: what is wrong with it, and where */
export function readRecording(text: string): MannersRecording {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable('it is no JSON', cause);
  }
  const read = MannersRecording.safeParse(value);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw unreadable(`at «${first?.path.join('.') || 'the top'}»: ${first?.message}`, read.error);
}

const unreadable = (why: string, cause: unknown): Fault =>
  new Fault(
    'file-unreadable',
    `This is no recording of a camera’s manners (${why}). Record it anew with «record-manners».`,
    {
      cause,
    },
  );

/** One packet a line, so that two recordings can be compared. */
export function writeRecording({ packets, ...rest }: MannersRecording): string {
  const lines = packets.map((one) => `    ${JSON.stringify(one)}`).join(',\n');
  return `${JSON.stringify(rest, null, 2).replace(/\n\}$/, '')},\n  "packets": [\n${lines}\n  ]\n}\n`;
}
