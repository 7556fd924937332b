/**
 * The door to tinyh264, for browsers without WebCodecs: the same pictures, decoded by the processor (3 ms each, measured). It takes the
 * constrained baseline that units send, and nothing else.
 */
/// <reference path="./tinyh264.d.ts" />
import type { Coding } from '@nattfrid/shared/seal/seal-look';
import type { TinyH264 } from 'tinyh264/es/TinyH264.js';
import type { Decoded, Decoding } from './decoding.ts';
import { rgbaOf } from './rgba.ts';

/** What it answers when it has a whole picture. */
const pictureReady = 1;
const roomForPicture = 1024 * 1024;
/** So many pictures may be on their way to the screen; more are decoded, for the next ones need them, and not shown. */
const mostUnderWay = 2;

/** A picture of red, green, blue and 255 as this browser draws it. */
type ToScreen<Frame> = (rgba: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) => Promise<Frame>;

/** @returns undefined where this browser runs no WebAssembly. It is fetched only when it is needed. */
export async function openSlowDecoders<Frame extends { close(): void }>(
  toScreen: ToScreen<Frame>,
): Promise<((coding: Coding, decoded: Decoded<Frame>) => Decoding) | undefined> {
  if (Reflect.get(globalThis, 'WebAssembly') === undefined) return undefined;
  try {
    const { default: load } = await import('tinyh264/es/TinyH264.js');
    const module = await load();
    return (coding, decoded) => openSlowDecoder(module, coding, toScreen, decoded);
  } catch {
    return undefined;
  }
}

function openSlowDecoder<Frame extends { close(): void }>(
  module: TinyH264,
  coding: Coding,
  toScreen: ToScreen<Frame>,
  { show, failed }: Decoded<Frame>,
): Decoding {
  const storage = module._h264bsdAlloc();
  module._h264bsdInit(storage, 0);
  const [input, picture, width, height] = [roomForPicture, 4, 4, 4].map((bytes) => module._malloc(bytes)) as [
    number,
    number,
    number,
    number,
  ];
  let [open, broken, underWay] = [true, true, 0];

  /** @returns whether this picture lies at the pointers now */
  const decoded = (bytes: Uint8Array) => {
    if (bytes.length > roomForPicture) return false;
    module.HEAPU8.set(bytes, input);
    return module._h264bsdDecode(storage, input, bytes.length, picture, width, height) === pictureReady;
  };

  const showNow = (taken: number | undefined) => {
    if (underWay >= mostUnderWay) return;
    const [wide, high, at] = [
      module.getValue(width, 'i32'),
      module.getValue(height, 'i32'),
      module.getValue(picture, 'i8*'),
    ];
    // It speaks of whole blocks of sixteen rows; the picture has the shape that was agreed, at any size.
    const rows = Math.min(high, 2 * Math.round((wide * coding.height) / coding.width / 2));
    const rgba = rgbaOf(module.HEAPU8.subarray(at, at + (wide * high * 3) / 2), wide, high, rows);
    const drawing = toScreen(rgba, wide, rows);
    underWay += 1;
    drawing.then(
      (frame) => {
        underWay -= 1;
        if (open) show(frame, taken);
        else frame.close();
      },
      () => {
        underWay -= 1;
        if (open) failed();
      },
    );
  };

  return {
    take(kind, bytes, taken) {
      if (!open || (broken && kind === 'delta')) return false;
      try {
        // Begun anew: of a picture that it could not read it would show the one before once more, and then lose the next one's parameters.
        if (broken) {
          module._h264bsdShutdown(storage);
          module._h264bsdInit(storage, 0);
        }
        broken = !decoded(bytes);
        if (!broken) showNow(taken);
      } catch {
        broken = true;
      }
      return !broken;
    },
    close() {
      if (!open) return;
      open = false;
      module._h264bsdShutdown(storage);
      module._h264bsdFree(storage);
      for (const pointer of [input, picture, width, height]) module._free(pointer);
    },
  };
}
