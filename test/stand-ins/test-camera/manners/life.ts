/** How long a session of a mannered camera lives: what it needs of its viewer, what it asks itself, and when it ends. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { SessionManner } from './manner.ts';
import type { Sent } from './rtp-row.ts';

export interface Life {
  /** Seconds of the last sign of each kind. */
  readonly signs: Map<string, number>;
  readonly now: () => number;
}

export interface Ends {
  put(bytes: string): void;
  send(sent: readonly Sent[]): void;
  hangUp(): void;
  fallSilent(): void;
}

export function heardFrom(life: Life | undefined, what: string): void {
  life?.signs.set(what, life.now());
}

const beat = milliseconds(250);

/** From PLAY until the signal. */
export function openLife(session: SessionManner, clock: Clock, ends: Ends, signal: AbortSignal): Life {
  const began = clock.steady();
  const life: Life = { signs: new Map(), now: () => (clock.steady() - began) / 1000 };
  const { ends: end, needs, asks } = session;
  let [ended, asked] = [false, 0];
  const timer = clock.every(beat, () => {
    const now = life.now();
    if (end && !ended && now >= end.after) {
      ended = true;
      if (end.how === 'hang-up') ends.hangUp();
      if (end.how === 'silence') ends.fallSilent();
      if (end.how === 'TEARDOWN') ends.put('TEARDOWN rtsp://viewer/ RTSP/1.0\r\nCSeq: 900\r\nSession: 7c5a\r\n\r\n');
      if (end.how === 'BYE')
        ends.send([{ type: 'packet', control: true, bytes: Uint8Array.of(0x81, 203, 0, 1, 0, 0, 0, 1) }]);
    }
    if (needs) {
      const kinds = needs.what === 'any' ? ['reports', 'OPTIONS', 'GET_PARAMETER', 'SET_PARAMETER'] : [needs.what];
      const last = Math.max(0, ...kinds.map((kind) => life.signs.get(kind) ?? 0));
      if (now - last > needs.within) ends.hangUp();
    }
    if (asks && now >= (asked + 1) * asks.every) {
      asked++;
      const { method, body = '' } = asks;
      const length = body ? `Content-Type: application/sdp\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` : '';
      ends.put(`${method} rtsp://viewer/ RTSP/1.0\r\nCSeq: ${asked}\r\nSession: 7c5a\r\n${length}\r\n${body}`);
    }
    const waits = asks?.orHangsUpAfter;
    if (asks && waits !== undefined && asked > 0) {
      const since = asked * asks.every;
      if (now - since > waits && (life.signs.get('answer') ?? -1) < since) ends.hangUp();
    }
  });
  signal.addEventListener('abort', () => timer[Symbol.dispose](), { once: true });
  return life;
}
