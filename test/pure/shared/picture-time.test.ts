/** The time that a picture was taken travels inside it, where decoders do not look. */
import { readPictureTime, writePictureTime } from '@nattfrid/shared/wire/picture-time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const startsWith = (bytes: Uint8Array, head: readonly number[]) => head.every((byte, index) => bytes[index] === byte);
const slice = Uint8Array.of(0, 0, 0, 1, 0x65, 0x88, 0x84, 0x21);
const delimited = Uint8Array.of(0, 0, 0, 1, 9, 0xf0, ...slice);

describe('the time of a picture', () => {
  it('is read as it was written', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.boolean(), (at, first) => {
        const picture = first ? delimited : slice;
        expect(readPictureTime(writePictureTime(picture, at))).toBe(at);
      }),
    ));
  it('needs no escaping: nothing in it looks like the start of another unit', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (at) => {
        const written = writePictureTime(slice, at).subarray(4, -slice.length);
        expect(written.includes(0)).toBe(false);
      }),
    ));
  it('stands behind the delimiter, which must come first, and leaves the picture as it was', () => {
    const written = writePictureTime(delimited, 1_790_000_000_000);
    expect(startsWith(written, [0, 0, 0, 1, 9, 0xf0, 0, 0, 0, 1, 6])).toBe(true);
    expect([...written.subarray(-slice.length)]).toEqual([...slice]);
  });
  it('is not found in a picture that does not say it', () => {
    expect(readPictureTime(slice)).toBeUndefined();
    expect(readPictureTime(Uint8Array.of(0, 0, 0, 1, 6, 5, 22, 1, 2, 3))).toBeUndefined();
    expect(readPictureTime(new Uint8Array())).toBeUndefined();
  });
});
