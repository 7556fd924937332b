/** A WebSocket that has come in through the door: how the rest of the relay sees it, and whether it still answers. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { WebSocket } from 'ws';
import type { Socket } from './socket.ts';
import type { Wire } from './wire.ts';

/** One that is told to go and does not answer is cut. */
const goodbye = seconds(1);

/** A class, so that thousands of them share what they can do. */
export class WebSocketOfDoor implements Socket, Wire {
  readonly #ws: WebSocket;
  readonly #clock: Clock;
  readonly #speaks: boolean;
  #isHeard = true;
  #wasAsked = false;

  /** @param speaks as the entrance has it */
  constructor(ws: WebSocket, { clock, speaks }: { readonly clock: Clock; readonly speaks: boolean }) {
    this.#ws = ws;
    this.#clock = clock;
    this.#speaks = speaks;
    ws.binaryType = 'nodebuffer';
    ws.on('pong', () => {
      this.#isHeard = true;
    });
  }

  /** Asks whether the other end is there, and ends it where nothing has come since it was asked before. Called once a beat. */
  ask(): void {
    if (!this.#isHeard && this.#wasAsked) {
      this.cut();
      return;
    }
    this.#wasAsked = !(this.#speaks && this.#isHeard);
    this.#isHeard = false;
    if (this.#wasAsked) this.#ws.ping();
  }

  send(data: Uint8Array | string, sent?: (error?: Error | null) => void): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.send(data, sent);
    else sent?.(new Error('the socket is not open'));
  }

  get queued(): number {
    return this.#ws.bufferedAmount;
  }

  close(code?: number, reason?: string): void {
    this.#ws.close(code, reason);
    void this.#clock.sleep(goodbye).then(() => this.#ws.terminate());
  }

  cut(): void {
    this.#ws.terminate();
  }

  onMessage(call: (bytes: Uint8Array<ArrayBuffer>) => void): void {
    this.#ws.on('message', (data: Buffer) => call(new Uint8Array(data)));
  }

  onClose(call: () => void): void {
    this.#ws.on('close', call);
  }

  wire(): Wire {
    return this;
  }

  begin({ data, end, lost }: Parameters<Wire['begin']>[0]): void {
    this.#ws.on('message', (bytes: Buffer) => {
      this.#isHeard = true;
      data(bytes);
    });
    this.#ws.on('close', end);
    this.#ws.on('error', lost);
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    if (this.#ws.isPaused) this.#ws.resume();
  }
}
