/** THE RIVER of one camera, to be read aloud: camera, decode, perceive, decide, anonymise, gate; and behind the gate, while somebody looks, encode and publish. */
import type { Gap } from '@nattfrid/shared/domain/observation';
import type { Cleared } from './anonymise/cleared.ts';
import type { Packet } from './camera/packet.ts';
import type { Judged } from './decide/judged.ts';
import type { Frame } from './decode/frame.ts';
import type { Coded } from './encode/coded.ts';
import { timed } from './encode/timed.ts';
import type { Stage } from './flow/stage.ts';
import type { Seen } from './perceive/seen.ts';

export interface Watching {
  readonly camera: (signal: AbortSignal) => AsyncIterable<Packet | Gap>;
  readonly decode: Stage<Packet | Gap, Frame | Gap>;
  /** What perceive is too slow for is dropped here, counted, and told to the detectors as a gap. */
  readonly belt: Stage<Frame | Gap, Frame | Gap>;
  readonly perceive: Stage<Frame | Gap, Seen | Gap>;
  /** Alarms leave here, at once, through the outbox. */
  readonly decide: Stage<Seen | Gap, Judged>;
  /** Raw pixels end here. */
  readonly anonymise: Stage<Judged, Cleared>;
}

/** Of one look. */
export interface Showing {
  readonly encode: Stage<Cleared, Coded>;
  /** Sealed for the one who looks, and straight out. */
  readonly publish: (coded: AsyncIterable<Coded>, signal: AbortSignal) => Promise<void>;
}

/** Runs as long as the plan watches: always, or during a look. What comes out stands before the gate. */
export function watch(stages: Watching, signal: AbortSignal): AsyncIterable<Cleared> {
  const packets = stages.camera(signal);
  const frames = stages.decode(packets, signal);
  const taken = stages.belt(frames, signal);
  const seen = stages.perceive(taken, signal);
  const judged = stages.decide(seen, signal);
  return stages.anonymise(judged, signal);
}

/** Runs as long as one look is open, on what the gate has let through. */
export async function show(stages: Showing, cleared: AsyncIterable<Cleared>, signal: AbortSignal): Promise<void> {
  const coded = timed(stages.encode(cleared, signal));
  await stages.publish(coded, signal);
}
