/** Pure. The time of capture behind each coded picture, with which the link bench measures age without a decoder. */
import type { Coded } from '@nattfrid/agent/encode/coded';

/** Appends the time behind the picture's last slice, which a decoder would ignore. */
export async function* stamped(coded: AsyncIterable<Coded>): AsyncGenerator<Coded, void> {
  for await (const one of coded) {
    if (one.type !== 'coded') {
      yield one;
      continue;
    }
    const data = new Uint8Array(one.data.length + 8);
    data.set(one.data);
    new DataView(data.buffer).setFloat64(one.data.length, one.at);
    yield { ...one, data };
  }
}

/** @returns milliseconds since 1970, out of an opened picture */
export const stampOf = (picture: Uint8Array): number =>
  new DataView(picture.buffer, picture.byteOffset).getFloat64(picture.length - 8);
