/**
 * The door to MediaSource, for browsers without WebCodecs: pictures go through a video element that nobody sees, which hands on each one
 * that it shows. It stays at the newest picture and keeps no more than a moment of them.
 */
import type { Coding } from '@nattfrid/shared/seal/seal-look';
import type { Decoding } from './decode.ts';
import { movieFragment, movieHeader } from './fragment.ts';

const type = (codec: string) => `video/mp4; codecs="${codec}"`;
/** An element plays a little behind what it has: a picture that counts for too long would hold up the next. */
const lasts = 60;
/** In seconds: further behind than this it jumps to the newest. */
const mostBehind = 0.25;
const kept = 2;

export const canPlay = (codec: string): boolean =>
  typeof MediaSource === 'function' &&
  MediaSource.isTypeSupported(type(codec)) &&
  'requestVideoFrameCallback' in HTMLVideoElement.prototype;

export function openPlayer(props: {
  readonly coding: Coding;
  /** @param taken when the picture that stands in the element was taken, by the unit's clock, as far as it is known */
  readonly show: (video: HTMLVideoElement, taken: number | undefined) => void;
  readonly failed: () => void;
}): Decoding {
  const video = document.createElement('video');
  video.muted = true;
  video.disableRemotePlayback = true;
  const source = new MediaSource();
  const address = URL.createObjectURL(source);
  const waiting: Uint8Array<ArrayBuffer>[] = [];
  const times = new Map<number, number | undefined>();
  let buffer: SourceBuffer | undefined;
  let next = 0;
  let closed = false;
  let begun = false;

  const close = () => {
    if (closed) return;
    closed = true;
    URL.revokeObjectURL(address);
    video.pause();
    video.removeAttribute('src');
    video.load();
  };
  const fail = () => {
    if (closed) return;
    close();
    props.failed();
  };
  const feed = () => {
    if (closed || !buffer || buffer.updating) return;
    try {
      const head = waiting.shift();
      if (head) return buffer.appendBuffer(head);
      const end = video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) : 0;
      if (end - video.currentTime > mostBehind) video.currentTime = end - lasts / 1000;
      if (video.buffered.length > 0 && video.currentTime - video.buffered.start(0) > 2 * kept)
        buffer.remove(0, video.currentTime - kept);
    } catch {
      fail();
    }
  };
  const shown: VideoFrameRequestCallback = (_now, { mediaTime }) => {
    if (closed) return;
    const number = Math.round((mediaTime * 1000) / lasts);
    const taken = times.get(number);
    for (const old of times.keys()) if (old <= number) times.delete(old);
    props.show(video, taken);
    video.requestVideoFrameCallback(shown);
  };
  source.addEventListener('sourceopen', () => {
    URL.revokeObjectURL(address);
    if (closed) return;
    buffer = source.addSourceBuffer(type(props.coding.codec));
    buffer.addEventListener('updateend', feed);
    buffer.addEventListener('error', fail);
    feed();
  });
  video.addEventListener('error', fail);
  video.requestVideoFrameCallback(shown);
  video.src = address;
  void video.play().catch(() => undefined);

  return {
    take(kind, bytes, taken) {
      if (closed) return false;
      if (!begun) {
        const header = kind === 'key' ? movieHeader(bytes, props.coding) : undefined;
        if (!header) return false;
        begun = true;
        waiting.push(header);
      }
      if (taken !== undefined) times.set(next, taken);
      waiting.push(movieFragment(bytes, next++, lasts));
      feed();
      return true;
    },
    close,
  };
}
