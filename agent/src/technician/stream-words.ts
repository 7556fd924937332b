/** Pure. What is set in a stream of a camera, in a few words. */
import type { CameraStream } from '../onvif/describe.ts';

const codecs: Readonly<Record<string, string>> = { H264: 'H.264', H265: 'H.265', JPEG: 'MJPEG' };

export const codecWords = ({ encoding }: CameraStream): string =>
  encoding === undefined ? '?' : (codecs[encoding] ?? encoding);

export const sizeWords = ({ width, height }: CameraStream): string =>
  width === undefined || height === undefined ? '?' : `${width}x${height}`;

export const rateWords = ({ rate }: CameraStream): string => (rate === undefined ? '?' : `${rate}/s`);

/** Seconds from one whole picture to the next, by what is set: a smart codec does not keep to it. */
export const keyWords = ({ rate, govLength }: CameraStream): string =>
  rate === undefined || govLength === undefined || rate === 0
    ? '?'
    : `${Number((govLength / rate).toFixed(1))} s (${govLength} pictures)`;

export const bitsWords = ({ kilobits }: CameraStream): string => (kilobits === undefined ? '?' : `${kilobits} kbit/s`);
