/** Bytes both ways, under whatever is spoken on them: a WebSocket's messages or a TCP connection. */
import type { Duplex } from 'node:stream';

export interface Wire {
  /** What comes from now on goes there. Called once. */
  begin(to: {
    readonly data: (bytes: Buffer) => void;
    /** The other end says no more. */
    readonly end: () => void;
    /** It broke, or is gone. */
    readonly lost: () => void;
  }): void;
  /** @param sent called once the system has taken it, or with why not */
  send(bytes: Buffer, sent: (error?: Error | null) => void): void;
  pause(): void;
  resume(): void;
  /** Says goodbye. */
  close(): void;
  /** Ends at once. */
  cut(): void;
}

export const wireOf = (stream: Duplex): Wire => ({
  begin({ data, end, lost }) {
    stream.on('data', data);
    stream.on('end', end);
    stream.on('error', lost);
    stream.on('close', lost);
  },
  send: (bytes, sent) => void stream.write(bytes, sent),
  pause: () => void stream.pause(),
  resume: () => void stream.resume(),
  close: () => void stream.end(),
  cut: () => void stream.destroy(),
});
