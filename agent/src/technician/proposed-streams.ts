/** Pure. Which of a camera's streams is watched all night, and which is opened for a look: by their sizes. */
import type { CameraStream } from '../onvif/describe.ts';

/** Of a smaller picture a person at the far wall is too small to be found. */
const fewestLines = 360;
/** Width by height: what differs more shows another part of the room. */
const sameShape = 0.03;

interface Sized {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** @returns the settings `camera.url` and `camera.lookUrl`; no `lookUrl` where no stream of the same shape is larger */
export function proposedStreams(streams: readonly CameraStream[]): {
  readonly url?: string;
  readonly lookUrl?: string;
} {
  const sized = streams
    .flatMap(({ url, width, height }): readonly Sized[] => (url && width && height ? [{ url, width, height }] : []))
    .toSorted((one, other) => one.width * one.height - other.width * other.height);
  const small = sized.find((one) => one.height >= fewestLines) ?? sized.at(-1);
  if (!small) return {};
  const shape = ({ width, height }: Sized) => width / height;
  const large = sized.findLast(
    (one) => one.height > small.height && Math.abs(shape(one) / shape(small) - 1) <= sameShape,
  );
  return { url: small.url, ...(large && { lookUrl: large.url }) };
}
