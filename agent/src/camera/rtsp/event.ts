/** Pure. What comes over a connection to a camera: messages, packets, and rubbish. */

/** Names in lower case; a repeated header has several values. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;

export interface RtspResponse {
  readonly type: 'response';
  readonly status: number;
  readonly headers: RtspHeaders;
  readonly body: string;
}

/** A request of the camera's own. */
export interface CameraRequest {
  readonly type: 'request';
  readonly method: string;
  readonly headers: RtspHeaders;
  readonly body: string;
}

/** A packet of an interleaved channel; a view, to be used at once. */
export interface DataEvent {
  readonly type: 'data';
  readonly channel: number;
  readonly payload: Uint8Array;
}

export type RtspEvent =
  | RtspResponse
  | CameraRequest
  | DataEvent
  /** Bytes that are none of these, skipped up to a possible message. */
  | { readonly type: 'junk'; readonly bytes: number };
