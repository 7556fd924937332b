/** Pure. The codecs of a camera's pictures, and what people call them. */

export type Codec = 'h264' | 'h265' | 'mjpeg';

export const codecNames: Readonly<Record<Codec, string>> = { h264: 'H.264', h265: 'H.265', mjpeg: 'MJPEG' };
