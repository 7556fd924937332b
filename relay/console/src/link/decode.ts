/** The door to WebCodecs: H.264 bytes in, pictures out at once; after an error it waits for the next key picture. */

export interface Decoding {
  /** @returns false where a key picture is needed first */
  take(kind: 'key' | 'delta', bytes: Uint8Array<ArrayBuffer>): boolean;
  close(): void;
}

export const canDecode = (): boolean => typeof VideoDecoder === 'function' && typeof EncodedVideoChunk === 'function';

/** So many pictures may wait for the decoder before it is cut to the next key picture. */
const longestQueue = 4;

export function openDecoder(props: {
  readonly codec: string;
  readonly show: (frame: VideoFrame) => void;
  readonly failed: () => void;
}): Decoding {
  let decoder: VideoDecoder | undefined;
  let number = 0;
  const shut = () => {
    if (decoder && decoder.state !== 'closed') decoder.close();
    decoder = undefined;
  };
  const open = (): VideoDecoder => {
    const fresh = new VideoDecoder({
      output: (frame) => (decoder === fresh ? props.show(frame) : frame.close()),
      error: () => {
        if (decoder !== fresh) return;
        decoder = undefined;
        props.failed();
      },
    });
    fresh.configure({ codec: props.codec, optimizeForLatency: true });
    return fresh;
  };
  return {
    take(kind, bytes) {
      if (decoder && decoder.decodeQueueSize > longestQueue) shut();
      if (kind === 'key') decoder ??= open();
      if (!decoder) return false;
      number += 1;
      decoder.decode(new EncodedVideoChunk({ type: kind, timestamp: number * 100_000, data: bytes }));
      return true;
    },
    close: shut,
  };
}
