/**
 * The door to tinyh264, for browsers without WebCodecs: the same pictures, decoded by the processor (3 ms each, measured). It takes the
 * constrained baseline that units send, and nothing else.
 */
/// <reference path="./tinyh264.d.ts" />
import type { Coding } from '@nattfrid/shared/seal/seal-look';
import type { TinyH264 } from 'tinyh264/es/TinyH264.js';
import type { Decoded, Decoding } from './decoding.ts';
import { rgbaOf } from './rgba.ts';

/** The answer of `_h264bsdDecode` when a picture is complete. */
const pictureReady = 1;
const roomForPicture = 1024 * 1024;
/** Pictures on their way to the screen at most. Any beyond are decoded, because later ones build on them, and not shown. */
const mostUnderWay = 2;

/** Turns RGBA, its alpha always 255, into what this browser draws. */
type ToScreen<Frame> = (rgba: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) => Promise<Frame>;

/** Fetches the decoder. @returns undefined where this browser runs no WebAssembly */
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

  /** @returns whether a picture came out, which the pointers then describe */
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
    // The decoder counts whole macroblocks, 16 rows each; the picture's own height follows from the shape in the opening.
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
        // After an error the decoder repeats the former picture and loses the next parameter sets, so it starts afresh.
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
