/** Pure. What a camera does otherwise when it puts its pictures into packets. */

export interface ExtraPacket {
  /** Beside so many pictures one. */
  readonly every: number;
  readonly on?: 'key' | 'delta';
  /** `payload` in hexadecimal; repeated so many times. */
  readonly payload: string;
  readonly times?: number;
  readonly place?: 'before' | 'behind' | 'within';
  /** Payload type; the track's by default. */
  readonly type?: number;
  /** `same`: the number of the packet before it; `next`: of the one behind; `apart`: of no row. */
  readonly number?: 'own' | 'same' | 'next' | 'apart';
  readonly marker?: true;
  /** Bytes of padding behind it. */
  readonly padding?: number;
  /** Ticks by which its time differs. */
  readonly later?: number;
  readonly channel?: number;
  /** From another source. */
  readonly source?: number;
}

export interface PacketEdits {
  /** Bytes of a payload; 1400 by default. */
  readonly largest?: number;
  /** Parameter sets: in front of each key picture (by default), never, at the first, at each picture, behind the key. */
  readonly sets?: 'key' | 'never' | 'first' | 'picture' | 'own-time' | 'every-second-key' | 'without-pps';
  readonly setsAs?: 'aggregate' | 'single' | 'fragments';
  /** Units in front of each picture, in hexadecimal: delimiters, messages of the maker. */
  readonly front?: readonly string[];
  readonly behind?: readonly string[];
  /** The picture's units as one, with start codes between. */
  readonly byteStream?: 'fragments' | 'single' | 'leading' | 'sets';
  /** All units of a picture that fit into one packet. */
  readonly aggregate?: true;
  /** Bytes behind the last unit of an aggregate, in hexadecimal. */
  readonly aggregateTail?: string;
  readonly fragments?: 'no-end' | 'no-start' | 'reserved-bit' | 'even-small' | 'header-differs';
  readonly marker?: 'unit' | 'never' | 'first' | 'all';
  /** Ticks by which each slice is later than the one before. */
  readonly sliceTime?: number;
  readonly extra?: readonly ExtraPacket[];
  /** Bytes of padding in each packet; words of a header extension; contributing sources. */
  readonly padding?: number;
  readonly extension?: number;
  readonly contributors?: number;
  /** Each so many packets: swapped with the next, not sent, sent twice. */
  readonly swapEvery?: number;
  readonly loseEvery?: number;
  readonly twiceEvery?: number;
  readonly losesKeys?: true;
  /** So many packets are missing at the beginning. */
  readonly missesFirst?: number;
  /** Each so many pictures bytes in it are wrong. */
  readonly spoilEvery?: number;
  /** Each so many packets the number jumps by so much. */
  readonly numberJumps?: { readonly every: number; readonly by: number };
  readonly number?: 'still' | 'first-apart';
  /** Each so many pictures another source. */
  readonly sourceEvery?: number;
  /** Numbers and times begin anew with the source. */
  readonly sourceAnew?: true;
  /** Source 0. */
  readonly noSource?: true;
  readonly type?: number;
  /** Each so many packets these bytes in between, in hexadecimal. */
  readonly junk?: { readonly every: number; readonly bytes: string };
  /** Bytes of one write to the socket. */
  readonly chopped?: number;
  /** RTCP each so many pictures. */
  readonly reports?: { readonly every: number; readonly kind: 'sender' | 'bye' | 'rubbish' | 'on-rtp-channel' };
  /** Sound on this channel beside each picture. */
  readonly sound?: { readonly channel: number; readonly type: number; readonly beforeAnswer?: number };
  /** H.265: with decoding order numbers, in the first fragment of a unit (RFC 7798 §4.4.3), or in each, as live555 and ffmpeg read it. */
  readonly donl?: 'first-fragment' | 'each-fragment';
  /** MJPEG: quality and tables. */
  readonly jpeg?: 'tables-each' | 'tables-once' | 'three-tables' | 'no-size';
}
