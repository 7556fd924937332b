/** Pure. What an ONVIF camera of ours is: who it says it is, its streams and what is set in them, its clock and its infrared filter. */

export interface EncoderState {
  readonly token: string;
  readonly name: string;
  encoding: string;
  width: number;
  height: number;
  rate: number;
  govLength: number;
  kilobits: number;
}

export interface StreamState {
  readonly profile: string;
  readonly name: string;
  readonly url: string;
  readonly encoder: EncoderState;
}

export interface OnvifCameraState {
  readonly maker: string;
  readonly model: string;
  readonly endpoint: string;
  readonly user: string;
  readonly password: string;
  readonly streams: readonly StreamState[];
  /** Milliseconds by which its clock is ahead. */
  clockOffset: number;
  irCut: 'ON' | 'OFF' | 'AUTO';
  /** Speaks Media2 (ver20), which knows H.265. */
  readonly media2: boolean;
}

/** Ways in which it may be odd, as cameras are. */
export type OnvifManner =
  /** Tells not even the time without a login. */
  | 'time-needs-login'
  /** Wants HTTP Digest, and no token in the envelope. */
  | 'http-digest'
  /** Announces Media2, and does not have it. */
  | 'media2-broken'
  /** Says something that is no XML. */
  | 'rubbish'
  /** Says something without end. */
  | 'endless'
  /** Takes the call, and never answers. */
  | 'silent'
  /** Says that its answers are elsewhere. */
  | 'elsewhere'
  /** Leaves out what the standard wants. */
  | 'bare';

export const aCamera = (changes: Partial<OnvifCameraState> = {}): OnvifCameraState => ({
  ...{ maker: 'Nattlys', model: 'NL-40 & Co', endpoint: 'urn:uuid:4f1c2a1e-0000-4000-8000-00000000a001' },
  ...{ user: 'admin', password: 'Blåbär&<sol>', clockOffset: 0, irCut: 'AUTO', media2: false },
  streams: [
    stream('main', 'rtsp://192.0.2.5/main', 2560, 1440, 'H265'),
    stream('sub', 'rtsp://192.0.2.5/sub', 640, 360, 'H264'),
  ],
  ...changes,
});

export const stream = (name: string, url: string, width: number, height: number, encoding = 'H264'): StreamState => ({
  ...{ profile: `profile-${name}`, name, url },
  encoder: {
    token: `encoder-${name}`,
    name: `${name} & co`,
    encoding,
    width,
    height,
    rate: 25,
    govLength: 250,
    kilobits: 2048,
  },
});
