/** Pure. Depacketizes what consists of NAL units: payloads to units, units to pictures. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Assembling, assembler } from './assemble.ts';
import type { Depacketized } from './depacketized.ts';
import type { Grammar } from './grammar.ts';
import type { Ordered } from './reorder.ts';
import { nothingUnpacked, type ReadPayload, type Unpacking, unpack } from './unpack.ts';

/** At most 8 MB each: a unit in fragments, a picture, what stands in front of the next, and the last picture; and 1.2 MB of sets. */
export interface NalState<Sets> {
  readonly unpacking: Unpacking;
  readonly assembling: Assembling<Sets>;
}

/** A packet in order. `own`: of the track's payload type; others only count. */
export interface OwnedPacket extends Ordered {
  readonly own: boolean;
}

export function nalDepacketizer<Sets>(
  grammar: Grammar<Sets>,
  read: ReadPayload,
  sets: Sets,
): Machine<NalState<Sets>, OwnedPacket, Depacketized> {
  const pictures = assembler(grammar, sets);
  return {
    initial: { unpacking: nothingUnpacked, assembling: pictures.initial },
    step(state, ordered) {
      const told: Depacketized[] = [];
      const [unpacking, found] = unpack(state.unpacking, ordered, ordered.own, read);
      let assembling = state.assembling;
      for (const one of found) {
        const [next, more] = pictures.step(assembling, one);
        assembling = next;
        told.push(...more);
      }
      return [{ unpacking, assembling }, told];
    },
  };
}
