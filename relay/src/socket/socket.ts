/** A WebSocket as the rest of the relay sees it: bytes in, bytes out, and how many are still on their way. */
import type { Wire } from './wire.ts';

export interface Socket {
  send(data: Uint8Array | string): void;
  /** Bytes handed to it that the system has not yet taken. */
  readonly queued: number;
  /** Says goodbye. @param reason at most 120 letters */
  close(code: number, reason: string): void;
  /** Ends at once, for one that does not listen. */
  cut(): void;
  onMessage(call: (bytes: Uint8Array<ArrayBuffer>) => void): void;
  onClose(call: () => void): void;
  /** As bytes, whatever messages they come in; nothing else of it may be used then, but `cut`. */
  wire(): Wire;
}
