/** Pure. A camera: a source of packets. It is opened once and ends by a Fault; `keepCamera` opens it again. */
import type { Packet } from './packet.ts';

export interface Camera {
  /** Name for logs and messages, without credentials. */
  readonly name: string;
  /**
   * Packets until the camera ends (a recording: returns) or fails (throws a Fault with a camera-… code within 10 s of
   * the failure). Aborting ends it quietly and closes everything.
   */
  open(signal: AbortSignal): AsyncIterable<Packet>;
}
