/** Pure. A camera: a source of packets. It is opened once and ends by a Fault; `keepCamera` opens it again. */
import type { Packet } from './packet.ts';

export interface Camera {
  /** Name for logs and messages, without credentials. */
  readonly name: string;
  /**
   * Packets until the camera ends (a recording: returns) or fails: throws a Fault with a camera-… code, at once where it hangs up, and
   * within 13 s where it sends nothing more (20 s before its first packet, because some start their encoder for it). While it sends, it is
   * waited for, however rarely a whole picture comes. Aborting ends it quietly and closes everything.
   */
  open(signal: AbortSignal): AsyncIterable<Packet>;
}
