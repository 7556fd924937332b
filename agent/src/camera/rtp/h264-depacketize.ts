/** Pure. H.264 RTP depacketizer (RFC 6184): packets in the order of their numbers in, whole pictures out. */
import type { ParameterSets } from '../../h264/parameter-sets.ts';
import { readH264Payload } from './h264-payload.ts';
import { h264Grammar } from './h264-pictures.ts';
import { nalDepacketizer } from './nal-depacketize.ts';

export const h264Depacketizer = (sets: ParameterSets = {}) => nalDepacketizer(h264Grammar, readH264Payload, sets);
