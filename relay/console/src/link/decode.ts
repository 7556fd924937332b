/** The door to WebCodecs: H.264 bytes in, pictures out at once; after an error it waits for the next keyframe. */
import type { Decoded, Decoding } from './decoding.ts';

export async function canDecode(codec: string): Promise<boolean> {
  if (typeof VideoDecoder !== 'function' || typeof EncodedVideoChunk !== 'function') return false;
  return VideoDecoder.isConfigSupported({ codec }).then(
    ({ supported }) => supported === true,
    () => false,
  );
}

/** Pictures that may wait for the decoder; with more waiting it is closed, and begins again at the next keyframe. */
const longestQueue = 4;

/** Configures the decoder before there is a picture, so that the first one does not wait for it. */
export function openDecoder(codec: string, { show, failed }: Decoded<VideoFrame>): Decoding {
  const times = new Map<number, number | undefined>();
  let number = 0;
  const shut = () => {
    if (decoder && decoder.state !== 'closed') decoder.close();
    decoder = undefined;
  };
  const open = (): VideoDecoder => {
    const fresh = new VideoDecoder({
      output: (frame) => {
        if (decoder !== fresh) return frame.close();
        const taken = times.get(frame.timestamp);
        times.delete(frame.timestamp);
        show(frame, taken);
      },
      error: () => {
        if (decoder !== fresh) return;
        decoder = undefined;
        failed();
      },
    });
    fresh.configure({ codec, optimizeForLatency: true });
    return fresh;
  };
  let decoder: VideoDecoder | undefined = open();
  return {
    take(kind, bytes, taken) {
      if (decoder && decoder.decodeQueueSize > longestQueue) shut();
      if (kind === 'key') decoder ??= open();
      if (!decoder) return false;
      number += 1;
      const timestamp = number * 100_000;
      times.set(timestamp, taken);
      // A picture that is further back than the queue is long was dropped by the decoder.
      times.delete(timestamp - 2 * longestQueue * 100_000);
      decoder.decode(new EncodedVideoChunk({ type: kind, timestamp, data: bytes }));
      return true;
    },
    close: shut,
  };
}
