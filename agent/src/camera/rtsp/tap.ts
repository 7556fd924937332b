/** Pure. Who listens to the talk with a camera, to tell how it behaves: the client goes on as if nobody did. */
import type { CameraRequest, DataEvent, RtspResponse } from './event.ts';
import type { Outstanding } from './outstanding.ts';

/** None of these may throw. */
export interface Tap {
  asked(request: Outstanding): void;
  /** @param request which it answers; undefined: nobody knows */
  answered(response: RtspResponse, request: Outstanding | undefined): void;
  /** The camera has asked something itself. */
  requested(request: CameraRequest): void;
  /** Once for each packet, as it comes; a view, to be used at once. */
  came(packet: DataEvent): void;
  /** Bytes that are neither packet nor message. */
  strayed(bytes: number): void;
}
