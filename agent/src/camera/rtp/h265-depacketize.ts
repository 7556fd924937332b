/** Pure. H.265 RTP depacketizer (RFC 7798): packets in the order of their numbers in, whole pictures out. */
import { noH265Sets, rememberH265Sets } from '../../h265/parameter-sets.ts';
import { readH265Payload } from './h265-payload.ts';
import { h265Grammar } from './h265-pictures.ts';
import { nalDepacketizer } from './nal-depacketize.ts';

/** @param sets of the description. @param donl each unit has a decoding order number in front */
export const h265Depacketizer = (sets: readonly Uint8Array[] = [], donl = false) =>
  nalDepacketizer(h265Grammar, readH265Payload(donl), rememberH265Sets(noH265Sets, sets));
