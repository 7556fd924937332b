/**
 * Pure. Capture time of a picture by its unit's clock, as an H.264 SEI message (ITU-T H.264 D.1.7, user_data_unregistered), which decoders
 * ignore and the seal covers. It tells which of two pictures is older, and by how much; never what time it is.
 */

/** UUID of the message, without a byte 0, so that the unit needs no emulation prevention (7.4.1). */
const name = [0x4e, 0x61, 0x74, 0x74, 0x66, 0x72, 0x69, 0x64, 0x2d, 0x74, 0x61, 0x6b, 0x65, 0x6e, 0x2d, 0x31];
/** Bytes of seven bits: milliseconds since 1970 fit into six of them until the year 2109. */
const digits = 6;
const sei = 6;
const userData = 5;
const begin = [0, 0, 0, 1, sei, userData, name.length + digits, ...name];
const end = 0x80;
const delimiter = 9;
/** Length of an access unit delimiter, which comes first if at all (7.4.1.2.3). */
const delimiterLength = 6;
const length = begin.length + digits + 1;

/** @param picture one access unit, Annex B @param at milliseconds since any epoch */
export function writePictureTime(picture: Uint8Array, at: number): Uint8Array<ArrayBuffer> {
  const place = picture[3] === 1 && (picture[4] ?? 0) % 32 === delimiter ? delimiterLength : 0;
  const written = new Uint8Array(picture.length + length);
  written.set(picture.subarray(0, place));
  written.set(begin, place);
  // The high bit of each byte is set, so that none is 0.
  for (let digit = 0; digit < digits; digit++)
    written[place + begin.length + digit] = 0x80 | (Math.floor(at / 128 ** (digits - 1 - digit)) % 128);
  written[place + length - 1] = end;
  written.set(picture.subarray(place), place + length);
  return written;
}

/** @returns undefined where the picture has no capture time: not every picture has */
export function readPictureTime(picture: Uint8Array): number | undefined {
  for (const place of [0, delimiterLength]) {
    if (!begin.every((byte, index) => picture[place + index] === byte)) continue;
    let at = 0;
    for (let digit = 0; digit < digits; digit++) at = at * 128 + ((picture[place + begin.length + digit] ?? 0) % 128);
    return at;
  }
  return undefined;
}
