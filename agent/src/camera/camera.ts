/** A camera: anything that gives packets. It is opened once, ends by a Fault, and is kept alive by others. */
import type { Packet } from './packet.ts';

export interface Camera {
  /** What to call it in a log or a message; never holds credentials. */
  readonly name: string;
  /**
   * Packets until the camera ends (a recording: returns) or fails (throws a Fault with a camera-… code within 10 s of
   * the failure). Aborting ends it quietly and closes everything.
   */
  open(signal: AbortSignal): AsyncIterable<Packet>;
}
